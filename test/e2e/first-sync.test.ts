import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "puppeteer-core";

import { FrappeSite } from "../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import { generatePunches } from "../doubles/zk-terminal/samples/punches.ts";
import {
  type BrowserKind,
  type ExtensionBrowser,
  openExtensionBrowser,
} from "../support/browsers/extension-browser.ts";
import { inFeature, waitInFeature } from "../support/browsers/in-feature.ts";
import { type ConnectorProcess, startConnectorProcess } from "../support/built-connector.ts";
import { Operator } from "../support/operator.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const HOST = "hr.test";
const USER = {
  name: "hr@example.com",
  password: "hr-password",
  apiKey: "key0000000000001",
  apiSecret: "secret000000001",
};
/** The reading and the delivery have ended well. */
const BOTH_DONE = "li[data-state='done']:nth-of-type(2)";
const SHOTS = join(import.meta.dirname, "../.output/screenshots");

describe.each<[BrowserKind]>([["chromium"], ["firefox"]])("From nothing to the first synced punch, in %s", (kind) => {
  let home: Awaited<ReturnType<typeof makeTempFolder>>;
  let site: FrappeSite;
  let terminal: ZkTerminal;
  let connector: ConnectorProcess;
  let operator: Operator;
  let browser: ExtensionBrowser;
  let origin: string;
  let page: Page;

  beforeAll(async () => {
    await mkdir(SHOTS, { recursive: true });
    home = await makeTempFolder();
    site = await FrappeSite.start({
      users: [{ ...USER, roles: ["HR Manager", "HR User"], language: "vi" }],
      employees: Array.from({ length: 12 }, (_, at) => ({
        first_name: "Nhân viên",
        last_name: `Số ${at + 1}`,
        attendance_device_id: String(101 + at),
      })),
    });
    origin = `http://${HOST}:${new URL(site.origin).port}`;
    const users = Array.from({ length: 12 }, (_, at) => ({
      uid: at + 1,
      userId: String(101 + at),
      name: `NV ${at + 1}`,
    }));
    terminal = await ZkTerminal.start({
      zone: "Asia/Ho_Chi_Minh",
      users,
      punches: generatePunches(3, { people: users, count: 400, from: "2026-11-02" }),
    });
    connector = await startConnectorProcess(home.path);
    operator = new Operator(home.path);
    await operator.connectHr({ origin: site.origin, apiKey: USER.apiKey, apiSecret: USER.apiSecret });
    await operator.addTerminal("Cổng 1", terminal.address);
    await operator.linkBadges(await operator.people());
    browser = await openExtensionBrowser(kind, { host: HOST });
    page = await browser.setUpPage();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await connector.stop();
    await terminal.stop();
    await site.stop();
    await home.remove();
  });

  const shot = async (name: string) => {
    await page.screenshot({ path: join(SHOTS, `${kind}-${name}.png`) });
  };
  const checkins = () => site.data.rows("Employee Checkin");
  /** Events a faithful delivery ends with: one per person, second and log type. */
  const expectedEvents = async () => {
    const punches = await operator.punches();
    return new Set(
      punches.map(({ userId, at, state }) => `${userId} ${at ?? ""} ${[0, 3, 4].includes(state) ? "IN" : "OUT"}`),
    ).size;
  };

  it("pairs with the code that the connector shows; both sides have the same four words", async () => {
    await page.locator('input[name="code"]').fill(await operator.pairingCode());
    await page.locator('[data-do="pair"]').click();
    const shown = await page.waitForSelector("[data-fingerprint]");
    const fingerprint = await shown?.evaluate((node) => node.getAttribute("data-fingerprint"));
    const { clients } = (await operator.do("clients", "list")) as {
      clients: { fingerprint: string; origin: string }[];
    };
    expect(clients).toHaveLength(1);
    expect(fingerprint).toBe(clients[0]?.fingerprint);
    expect(clients[0]?.origin).toBe(browser.origin);
    await shot("paired");
  });

  it("allows the HR site from a click in the set-up page", async () => {
    await page.locator('input[name="site"]').fill(origin);
    await page.locator('[data-do="allow-site"]').click();
    await page.waitForSelector(`[data-site="${origin}"][data-granted="true"]`);
    await shot("granted");
  });

  it("reads the terminal with Pull now, and the punches stand in the Employee Checkin list", async () => {
    page = await browser.newPage();
    await page.goto(`${origin}/login`);
    await page.locator('input[name="usr"]').fill(USER.name);
    await page.locator('input[name="pwd"]').fill(USER.password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.goto(`${origin}/app/employee-checkin`);
    await page.locator(inFeature("pull-now", "button")).click();
    await waitInFeature(page, "pull-now", BOTH_DONE);
    await shot("pulled");
    expect(checkins()).toHaveLength(await expectedEvents());
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll(".list-row-checkbox").length > 0);
    const rows = await page.$$eval(".list-row-checkbox", (boxes) => boxes.length);
    expect(rows).toBe(20);
    await shot("list");
  }, 90_000);

  it("loses nothing and doubles nothing when the connector is killed in the middle and started again", async () => {
    terminal.state.addPunches(
      generatePunches(9, {
        people: Array.from({ length: 12 }, (_, at) => ({ userId: String(101 + at) })),
        count: 500,
        from: "2026-10-05",
      }),
    );
    const before = checkins().length;
    await page.goto(`${origin}/app/employee-checkin`);
    await page.locator(inFeature("pull-now", "button")).click();
    // In the middle of the delivery: some of the new ones are in the HR app, and not all.
    await until(() => checkins().length > before);
    const { port } = connector;
    await connector.kill();
    expect(checkins().length).toBeLessThan(before + 400);
    connector = await startConnectorProcess(home.path, port);
    await waitInFeature(page, "pull-now", BOTH_DONE);
    await shot("after-kill");
    const keys = checkins().map((row) => JSON.stringify([row["employee"], row["time"], row["log_type"]]));
    expect(keys).toHaveLength(await expectedEvents());
    expect(new Set(keys).size).toBe(keys.length);
    expect(await operator.do("audit", "verify")).toMatchObject({ ok: true });
  }, 120_000);
});

/** Watches a state of this process that changes with every request the double answers. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("it never came to be");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
