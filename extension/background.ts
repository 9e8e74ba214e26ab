import { startBackground } from "./background/start.ts";
import { browser } from "./platform/browser.ts";

startBackground(browser);
