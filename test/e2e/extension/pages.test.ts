import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "puppeteer-core";

import { STATUS } from "../../support/fake-connector/answers.ts";

import { countHosts, open, see, textOf } from "./look.ts";
import { Stage, within } from "./stage.ts";

const CASES = (["chromium", "firefox"] as const).flatMap((kind) =>
  ([14, 15, 16] as const).map((profile) => ({ kind, profile })),
);

const BUTTON = within("tandem-button", "button[aria-expanded]");
const PANEL = within("tandem-button", ".panel");

describe.each(CASES)("Tandem in the Employee list of Frappe HR $profile, in $kind", ({ kind, profile }) => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await Stage.open({ kind, profile });
    stage.connector.answer("status.get", () => ({ ...STATUS, quarantined: 3, undelivered: 12 }));
    await stage.ready();
    page = await stage.hrPage("employee");
    await see(page, within("tandem-button", ".dot.waiting"));
  }, 90_000);
  afterAll(() => stage.close());

  test("stands before the page's own buttons, with the connector's state in Vietnamese", async () => {
    const beside = await page.$eval("tandem-feature", (host) => [
      host.parentElement?.className.split(" ")[0],
      host.nextElementSibling?.classList.contains("standard-actions"),
    ]);
    expect(beside).toEqual(["page-actions", true]);
    const label = await page.$eval(BUTTON, (button) => button.getAttribute("aria-label"));
    expect(label).toBe("Tandem: Đã kết nối, còn lượt chấm đang chờ");
    expect(await textOf(page, within("tandem-button", ".count"))).toBe("15");
  });

  test("explains what waits in its menu, and is closed with Escape by keyboard alone", async () => {
    await page.focus(BUTTON);
    await page.keyboard.press("Enter");
    await see(page, PANEL);
    expect(await textOf(page, within("tandem-button", '[data-number="quarantined"]'))).toBe("3");
    expect(await textOf(page, PANEL)).toContain("Lượt chấm có mã chưa gắn với nhân viên nào");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.waitForSelector(PANEL, { hidden: true });
    const focused = await page.$eval("tandem-feature", (host) => host.shadowRoot?.activeElement?.ariaExpanded);
    expect(focused).toBe("false");
  });

  test("keeps what is typed in it from the Desk's own shortcuts", async () => {
    await page.evaluate(() => {
      document.addEventListener("keydown", (event) => (document.title = `heard ${event.key}`));
    });
    await page.focus(BUTTON);
    await page.keyboard.press("k");
    expect(await page.title()).not.toContain("heard");
  });

  test("survives a refresh of the list, and a page head that is drawn anew", async () => {
    await page.click(".page-container:not([style*='none']) .page-icon-group button");
    await page.evaluate(() => {
      for (const host of document.querySelectorAll("tandem-feature")) host.remove();
    });
    await see(page, ".page-actions > tandem-feature");
    expect(await countHosts(page)).toEqual(["tandem-button"]);
  });

  test("follows the app into the dark", async () => {
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
    await see(page, 'tandem-feature[data-theme="dark"]');
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
    await see(page, 'tandem-feature[data-theme="light"]');
  });

  test("leaves nothing behind when the app goes to another page, and comes back with it", async () => {
    await open(page, stage, "employee-checkin");
    await see(page, 'tandem-feature[data-feature="pull-now"]');
    expect(await countHosts(page)).toEqual(["pull-now"]);
    await open(page, stage, "employee/HR-EMP-00001");
    await page.waitForSelector("tandem-feature", { hidden: true });
    expect(await countHosts(page)).toEqual([]);
    // Not page.goBack(): Firefox reports no load for a step within one document.
    await page.evaluate(() => history.back());
    await see(page, 'tandem-feature[data-feature="pull-now"]');
    expect(await countHosts(page)).toEqual(["pull-now"]);
  });

  test("says that the connector is away and what to do, and notices by itself when it is back", async () => {
    await open(page, stage, "employee");
    await see(page, BUTTON);
    await stage.connector.stop();
    await page.click(BUTTON);
    await see(page, within("tandem-button", '[data-level="trouble"]'));
    expect(await textOf(page, PANEL)).toMatch(/Không thấy bộ kết nối.*Mở Tandem trên máy tính này/);
    await stage.connector.restart();
    await see(page, within("tandem-button", '[data-level="waiting"]'));
    await page.keyboard.press("Escape");
  });
});
