/** The one import of the polyfill: it throws outside an extension, so everything else is given what it needs. */
import browser from "webextension-polyfill";

export type { Browser } from "webextension-polyfill";
export { browser };
