import { startContent } from "../features/start-content.ts";
import { browser } from "../platform/browser.ts";
import { detectFrappe } from "../sites/frappe/adapter.ts";

// Literals only: Plasmo reads this from the syntax tree and falls back to every site there is. The address can never
// load; the background registers this file for the HR sites the user allows (`browser-and-localhost.md` §4, §7).
export const config = { matches: ["https://demo.invalid/*"], run_at: "document_idle" };

startContent(browser.runtime, detectFrappe(document));
