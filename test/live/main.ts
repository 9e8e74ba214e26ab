import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import type { Page } from "puppeteer-core";

import { generatePunches } from "../doubles/zk-terminal/samples/punches.ts";
import type { ExtensionBrowser } from "../support/browsers/extension-browser.ts";
import { inFeature, waitInFeature } from "../support/browsers/in-feature.ts";

import { FrappeAdmin } from "./frappe-admin.ts";
import { LiveWorld } from "./world.ts";

/**
 * `npm run test:live -- --url URL --user U --password P`: the built extension in Chromium against a real Frappe HR site,
 * with a terminal that is a double. The user must be a System Manager: the run makes its own API user and its own
 * employees, and takes everything away again.
 */
const { values } = parseArgs({
  options: { url: { type: "string" }, user: { type: "string" }, password: { type: "string" } },
});
const { url, user, password } = values;
if (url === undefined || user === undefined || password === undefined) {
  throw new Error("usage: npm run test:live -- --url URL --user U --password P");
}
const origin = new URL(url).origin;
const shots = join("test/.output/screenshots");
/** The reading and the delivery have ended well. */
const BOTH_DONE = "li[data-state='done']:nth-of-type(2)";
const PUNCHES = 60;

let passed = 0;
/** The page that a failed step is photographed on. */
let shown: Page | null = null;
const failures: string[] = [];
async function step(sentence: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    passed += 1;
    process.stdout.write(`✓ ${sentence}\n`);
  } catch (error) {
    failures.push(sentence);
    await shown?.screenshot({ path: join(shots, `live-failed-${failures.length}.png`) });
    process.stdout.write(
      `✗ ${sentence}\n  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}
function same(what: string, got: unknown, wanted: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
  }
}

await mkdir(shots, { recursive: true });
const world = new LiveWorld();
try {
  const admin = await FrappeAdmin.signIn(origin, user, password);
  const apiUser = await world.apiUser(admin);
  const people = await world.people(admin);
  const users = people.map(({ badge }, at) => ({ uid: at + 1, userId: badge, name: `Live ${at + 1}` }));
  const terminal = await world.terminal({
    zone: "Asia/Ho_Chi_Minh",
    users,
    punches: generatePunches(11, { people: users, count: PUNCHES, from: "2026-10-05" }),
  });
  const { operator } = await world.connector();
  const checkins = () =>
    admin.list(
      "Employee Checkin",
      ["employee", "time", "log_type", "device_id"],
      [["employee", "in", people.map(({ personId }) => personId)]],
    );
  const rowKeys = async (): Promise<string[]> =>
    (await checkins())
      .map((row) => `${String(row["employee"])} ${String(row["time"])} ${String(row["log_type"])}`)
      .sort();
  const wanted = async (): Promise<string[]> => {
    const keys = (await operator.punches()).map(({ personId, at, state }) => {
      const logType = [0, 3, 4].includes(state) ? "IN" : "OUT";
      return `${personId ?? ""} ${(at ?? "").replace("T", " ")} ${logType}`;
    });
    return [...new Set(keys)].sort();
  };

  await step("the connector proves every right it needs on the real site and takes over its people", async () => {
    await operator.connectHr({ origin, apiKey: apiUser.apiKey, apiSecret: apiUser.apiSecret });
    const known = new Set((await operator.people()).map(({ personId }) => String(personId)));
    same(
      "people missing",
      people.filter(({ personId }) => !known.has(personId)),
      [],
    );
    await operator.addTerminal("Live gate", terminal.address);
    const badges = new Set(people.map(({ badge }) => badge));
    await operator.linkBadges((await operator.people()).filter(({ deviceId }) => badges.has(deviceId ?? "")));
  });

  const browser: ExtensionBrowser = await world.browser(new URL(origin).hostname);
  let page: Page = await browser.setUpPage();
  await step("the set-up page pairs with the code and allows the HR site", async () => {
    await page.locator('input[name="code"]').fill(await operator.pairingCode());
    await page.locator('[data-do="pair"]').click();
    await page.waitForSelector("[data-fingerprint]");
    await page.locator('input[name="site"]').fill(origin);
    await page.locator('[data-do="allow-site"]').click();
    await page.waitForSelector(`[data-site="${origin}"][data-granted="true"]`);
  });

  await step("Pull now on the real Employee Checkin list reads the terminal and delivers", async () => {
    page = await browser.newPage();
    shown = page;
    await page.goto(`${origin}/login`);
    await page.locator("#login_email").fill(apiUser.name);
    await page.locator("#login_password").fill(apiUser.password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.goto(`${origin}/app/employee-checkin`);
    await page.locator(inFeature("pull-now", "button")).click();
    await waitInFeature(page, "pull-now", BOTH_DONE);
    await page.screenshot({ path: join(shots, "live-pulled.png") });
  });

  await step("every deliverable event stands on the site exactly once, in the site's time", async () => {
    same("check-ins", await rowKeys(), await wanted());
  });

  await step("a second pull adds nothing", async () => {
    await page.locator(inFeature("pull-now", "[data-do='pull']")).click();
    await waitInFeature(page, "pull-now", BOTH_DONE);
    same("check-ins", await rowKeys(), await wanted());
  });

  await step("the rows stand in the real list, and the button survives its refresh", async () => {
    await page.goto(`${origin}/app/employee-checkin?device_id=Live+gate`);
    await page.waitForSelector(".list-row-checkbox");
    await waitInFeature(page, "pull-now", "button");
    await page.screenshot({ path: join(shots, "live-list.png") });
  });

  await step("the Tandem button on the real Employee list shows the connector as connected", async () => {
    await page.goto(`${origin}/app/employee`);
    await waitInFeature(page, "tandem-button", "button");
    await page.screenshot({ path: join(shots, "live-employee.png") });
  });
} catch (error) {
  failures.push("the run itself");
  process.stdout.write(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  for (const left of await world.close()) {
    failures.push("cleaning up");
    process.stdout.write(`✗ could not be taken away: ${left}\n`);
  }
}
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
