import type { Page } from "puppeteer-core";

import type { Stage } from "./stage.ts";

/** Waits until an element is seen. Looks at every frame drawn: changes inside a shadow root are no mutations outside it. */
export async function see(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector, { visible: true });
}

/** Text of one element, with its white space folded. */
export async function textOf(page: Page, selector: string): Promise<string> {
  const text = await page.$eval(selector, (element) => element.textContent);
  return text.replace(/\s+/g, " ").trim();
}

/** Features that have a host anywhere in the document, hidden pages included. */
export function countHosts(page: Page): Promise<(string | undefined)[]> {
  return page.$$eval("tandem-feature", (hosts) => hosts.map((host) => (host as HTMLElement).dataset["feature"]));
}

/** Goes to another page of the Desk as its own links do: without loading the document anew. */
export async function open(page: Page, stage: Stage, path: string): Promise<void> {
  const address = `${stage.origin}/${new URL(page.url()).pathname.split("/")[1] ?? "app"}/${path}`;
  await page.evaluate((href) => {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, address);
}
