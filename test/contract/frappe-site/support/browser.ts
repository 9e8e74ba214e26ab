import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

import { HR } from "./test-site.ts";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

/** A page of a fresh profile, signed in; every error in the page fails the test that opened it. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: { colorScheme?: "light" | "dark" } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.request.post(`${origin}/api/method/login`, { form: { usr: HR.user, pwd: HR.password } });
  const page = await context.newPage();
  // Shorter than the test's own limit, so that the message says which element was waited for.
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => {
    throw error;
  });
  return page;
}
