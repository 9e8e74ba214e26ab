import type { Page } from "puppeteer-core";

/** Waits until a feature's (open, in the test variant) shadow root holds `selector`. */
export async function waitInFeature(page: Page, feature: string, selector: string, timeout = 60_000): Promise<void> {
  // Puppeteer's own waiting watches the document's mutations, and those inside a shadow root are none of them.
  await page.waitForFunction(
    (id, inner) =>
      Array.from(document.querySelectorAll(`tandem-feature[data-feature='${id}']`)).some(
        (host) => host.shadowRoot?.querySelector(inner) != null,
      ),
    { polling: 100, timeout },
    feature,
    selector,
  );
}

/** Selector of an element inside a feature, for locators. */
export function inFeature(feature: string, selector: string): string {
  return `tandem-feature[data-feature='${feature}'] >>> ${selector}`;
}
