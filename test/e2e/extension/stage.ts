import type { Page } from "puppeteer-core";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import {
  type BrowserKind,
  type ExtensionBrowser,
  openExtensionBrowser,
} from "../../support/browsers/extension-browser.ts";
import { answerAsConnector } from "../../support/fake-connector/answers.ts";
import { FakeConnector } from "../../support/fake-connector/fake-connector.ts";

const HOST = "hr.test";
const PASSWORD = "hr-password";
export const CODE = "7KQ2M9XW4T";

export interface StageOptions {
  readonly kind: BrowserKind;
  readonly profile?: 14 | 15 | 16;
  readonly language?: "en" | "vi";
  readonly theme?: "light" | "dark";
}

/** A browser with the extension, an HR site, and a connector whose answers the test decides. */
export class Stage {
  readonly connector: FakeConnector;
  readonly browser: ExtensionBrowser;
  readonly site: FrappeSite;
  /** The HR site as the browser sees it. */
  readonly origin: string;
  readonly #user: string;

  private constructor(connector: FakeConnector, browser: ExtensionBrowser, site: FrappeSite, user: string) {
    this.connector = connector;
    this.browser = browser;
    this.site = site;
    this.origin = `http://${HOST}:${new URL(site.origin).port}`;
    this.#user = user;
    answerAsConnector(connector, this.origin);
  }

  static async open({ kind, profile = 15, language = "vi", theme = "light" }: StageOptions): Promise<Stage> {
    const user = "hr@example.com";
    const connector = await new FakeConnector().start();
    const site = await FrappeSite.start({
      profile,
      users: [{ name: user, password: PASSWORD, roles: ["HR Manager", "HR User"], language, theme }],
      employees: Array.from({ length: 6 }, (_, at) => ({
        first_name: "Nguyễn Thị",
        last_name: `Lan ${at + 1}`,
        attendance_device_id: String(101 + at),
      })),
    });
    const browser = await openExtensionBrowser(kind, { host: HOST, language, ports: [connector.port] });
    return new Stage(connector, browser, site, user);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.connector.stop();
    await this.site.stop();
  }

  /** The set-up page in the given language. */
  async setUpPage(language: "en" | "vi" = "vi"): Promise<Page> {
    const page = await this.browser.setUpPage();
    await page.waitForSelector(".language select");
    await page.select(".language select", language);
    return page;
  }

  /** Pairs through the set-up page, as a person does. */
  async pair(page: Page): Promise<void> {
    this.connector.openPairing(CODE);
    await page.locator('input[name="code"]').fill(`${CODE.slice(0, 5)}-${CODE.slice(5)}`.toLowerCase());
    await page.locator('[data-do="pair"]').click();
    await page.waitForSelector("[data-fingerprint]");
  }

  /** Allows the HR site through the set-up page. */
  async allowSite(page: Page): Promise<void> {
    await page.locator('input[name="site"]').fill(`${this.origin}/app/employee`);
    await page.locator('[data-do="allow-site"]').click();
    await page.waitForSelector(`[data-site="${this.origin}"][data-granted="true"]`);
  }

  async ready(): Promise<Page> {
    const page = await this.setUpPage();
    await this.pair(page);
    await this.allowSite(page);
    return page;
  }

  /** A tab of the HR site, signed in. `path` is below `/app` or `/desk`. */
  async hrPage(path: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(`${this.origin}/login`);
    await page.locator('input[name="usr"]').fill(this.#user);
    await page.locator('input[name="pwd"]').fill(PASSWORD);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.goto(`${this.origin}/app/${path}`);
    return page;
  }
}

/** Selector of something inside a feature's (in the test variant open) shadow root. */
export function within(feature: "pull-now" | "tandem-button", selector: string): string {
  return `tandem-feature[data-feature="${feature}"] >>> ${selector}`;
}
