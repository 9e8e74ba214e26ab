import puppeteer, { type Browser, type Page, TargetType } from "puppeteer-core";

import { makeTestVariant } from "./test-variant.ts";

export type BrowserKind = "chromium" | "firefox";

/** From the `key` in the manifest. */
const CHROMIUM_ID_PATTERN = /^chrome-extension:\/\/([a-p]{32})\//;
const GECKO_ID = "tandem@tandem-attendance";
/** Firefox gives every install a random one; a fixed one lets the test find the extension's pages. */
const FIREFOX_UUID = "7f1d6a52-0c3e-4a6b-9f58-2b1f4c9e8d10";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser with the extension's test variant, and an HR host that exists only in it. */
export interface ExtensionBrowser {
  readonly kind: BrowserKind;
  readonly browser: Browser;
  newPage(): Promise<Page>;
  /** Origin of the extension. */
  readonly origin: string;
  /** The set-up page, which the extension opens by itself when it is installed. */
  setUpPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface ExtensionBrowserOptions {
  /** Name of the HR host, resolved to 127.0.0.1. */
  readonly host: string;
  readonly language?: "en" | "vi";
  /** Where the extension looks for the connector, in place of the usual ports. */
  readonly ports?: readonly number[];
}

/** `npm test` has built the extension. */
export async function openExtensionBrowser(
  kind: BrowserKind,
  { host, language = "en", ports }: ExtensionBrowserOptions,
): Promise<ExtensionBrowser> {
  const extension = await makeTestVariant(kind === "chromium" ? "chrome" : "firefox", host, ports);
  return kind === "chromium" ? openChromium(extension, host, language) : openFirefox(extension, host, language);
}

async function openChromium(extension: string, host: string, language: string): Promise<ExtensionBrowser> {
  const browser = await puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    headless: true,
    pipe: true,
    enableExtensions: [extension],
    args: [...CHROMIUM_FLAGS, `--lang=${language}`, `--host-resolver-rules=MAP ${host} 127.0.0.1`],
    defaultViewport: { width: 1280, height: 900 },
  });
  const target = await browser.waitForTarget(
    (candidate) => candidate.type() === TargetType.SERVICE_WORKER && CHROMIUM_ID_PATTERN.test(candidate.url()),
  );
  const id = CHROMIUM_ID_PATTERN.exec(target.url())?.[1] ?? "";
  return browserOf("chromium", browser, `chrome-extension://${id}/`);
}

async function openFirefox(extension: string, host: string, language: string): Promise<ExtensionBrowser> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    headless: true,
    extraPrefsFirefox: {
      "network.dns.localDomains": host,
      "intl.accept_languages": language,
      "extensions.webextensions.uuids": JSON.stringify({ [GECKO_ID]: FIREFOX_UUID }),
    },
    defaultViewport: { width: 1280, height: 900 },
  });
  await browser.installExtension(extension);
  return browserOf("firefox", browser, `moz-extension://${FIREFOX_UUID}/`);
}

function browserOf(kind: BrowserKind, browser: Browser, base: string): ExtensionBrowser {
  return {
    kind,
    browser,
    origin: base.slice(0, -1),
    newPage: () => browser.newPage(),
    setUpPage: () => findPage(browser, `${base}options.html`),
    close: () => browser.close(),
  };
}

/** Firefox tells WebDriver nothing of where an extension's tab is, so each page is asked itself. */
async function findPage(browser: Browser, address: string): Promise<Page> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    for (const page of await browser.pages()) {
      const href = await page.evaluate(() => location.href).catch(() => "");
      if (href.startsWith(address)) return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no tab shows ${address}`);
}
