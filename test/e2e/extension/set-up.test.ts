import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import axe from "axe-core";
import type { Page } from "puppeteer-core";

import { see, textOf } from "./look.ts";
import { CODE, Stage, within } from "./stage.ts";

describe.each(["chromium", "firefox"] as const)("The set-up page, in %s", (kind) => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await Stage.open({ kind });
    page = await stage.setUpPage();
  }, 60_000);
  afterAll(() => stage.close());

  const state = (step: string): Promise<string | null> =>
    page.$eval(`[data-step="${step}"]`, (element) => element.getAttribute("data-state"));

  test("opens by itself after the installation and says what comes first", async () => {
    await see(page, '[data-state="unpaired"]');
    expect(await state("pair")).toBe("open");
    expect(await state("terminals")).toBe("later");
    expect(await textOf(page, "h1")).toBe("Cài đặt Tandem");
  });

  test("has no accessibility fault", async () => {
    expect(await faults(page)).toEqual([]);
  });

  test("changes its language at once", async () => {
    await page.select(".language select", "en");
    await page.waitForFunction(() => document.title === "Set up Tandem");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await page.select(".language select", "vi");
    await page.waitForFunction(() => document.title === "Cài đặt Tandem");
  });

  test("says how long a code is before it asks the connector", async () => {
    await page.locator('input[name="code"]').fill("7KQ2");
    await page.waitForFunction(() => document.querySelector("#code-hint")?.textContent.includes("4"));
    await page.locator('[data-do="pair"]').click();
    expect(stage.connector.visits).toEqual([]);
  });

  test("says that a wrong code is wrong, and how many attempts are left", async () => {
    stage.connector.openPairing("0000000000");
    await page.locator('input[name="code"]').fill(CODE);
    await page.locator('[data-do="pair"]').click();
    await see(page, '[data-problem="pairing.wrong-code"]');
    expect(await textOf(page, '[role="alert"]')).toContain("Còn 4 lần thử.");
  });

  test("pairs, and shows the same four words as the connector", async () => {
    await stage.pair(page);
    const words = await page.$eval("[data-fingerprint]", (element) => element.getAttribute("data-fingerprint"));
    expect(words).toBe(stage.connector.fingerprint);
  });

  test("refuses what is no address, and allows a site from its address as people copy it", async () => {
    await page.locator('input[name="site"]').fill("http://");
    await page.locator('[data-do="allow-site"]').click();
    await see(page, '[data-step="site"] [role="alert"]');
    await stage.allowSite(page);
  });

  test("shows terminals, their trouble and the HR connection, and that all is done", async () => {
    await see(page, ".finish");
    expect(await textOf(page, '[data-step="terminals"]')).toMatch(/Cổng chính.*Kho.*không trả lời/);
    expect(await textOf(page, '[data-step="hr"]')).toContain("tandem@company.vn");
    expect(await faults(page)).toEqual([]);
  });

  test("takes Tandem off a site when it is removed", async () => {
    const hr = await stage.hrPage("employee");
    await see(hr, within("tandem-button", "button"));
    await page.bringToFront();
    await page.locator(`[data-site="${stage.origin}"] .plain`).click();
    await page.waitForSelector("[data-site]", { hidden: true });
    await hr.bringToFront();
    await hr.reload();
    await see(hr, ".list-row-checkbox");
    expect(await hr.$$("tandem-feature")).toEqual([]);
    await hr.close();
  });

  test("forgets the pairing after asking, and can pair again", async () => {
    await page.bringToFront();
    await page.locator('[data-do="forget"]').click();
    await page.locator('[data-do="forget-yes"]').click();
    await see(page, 'input[name="code"]');
    await stage.pair(page);
    expect(await state("pair")).toBe("done");
  });

  test("says that the connector is not running, and keeps the pairing", async () => {
    await stage.connector.stop();
    await see(page, '[data-problem="offline"]');
    expect(await state("pair")).toBe("attention");
    await stage.connector.restart();
    await page.waitForSelector('[data-problem="offline"]', { hidden: true });
  });
});

/** Ids of the rules that the page breaks, and where. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => {
    const engine = (globalThis as unknown as { axe: typeof axe }).axe;
    return { violations: (await engine.run(document)).violations.map(({ id, nodes }) => [id, nodes[0]?.html]) };
  });
  return violations.map((one) => one.join(": "));
}
