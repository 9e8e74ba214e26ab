import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { DeliveryWorld } from "../../support/delivery-world.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PUNCHES = 400;

let site: FrappeSite;
let home: Awaited<ReturnType<typeof makeTempFolder>>;

beforeEach(async () => {
  site = await FrappeSite.start({ employees: Array.from({ length: 10 }, () => ({})) });
  home = await makeTempFolder();
  const world = await DeliveryWorld.open(home.path);
  await world.connect(site.origin);
  for (let user = 1; user <= 10; user += 1)
    await world.link(String(user), `HR-EMP-000${String(user).padStart(2, "0")}`);
  await world.punch(
    Array.from({ length: PUNCHES }, (_, index) => ({
      userId: String((index % 10) + 1),
      at: `2026-11-23T08:${String(Math.floor(index / 10)).padStart(2, "0")}:00`,
    })),
  );
  await world.close();
});

afterEach(async () => {
  await site.stop();
  await home.remove();
});

interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

function start(): { child: ChildProcess; ended: Promise<Run> } {
  const child = spawn(
    process.execPath,
    ["test/support/run-ts.mjs", "test/support/programs/deliver-once.ts", home.path],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const ended = new Promise<Run>((resolve) => child.on("close", (code, signal) => resolve({ code, signal, output })));
  return { child, ended };
}

/** Runs a delivery and kills it when the site is asked for the `requests`-th time, or writes the `rows`-th row. */
async function runAndKill(kill: { requests?: number; rows?: number }): Promise<Run> {
  const { child, ended } = start();
  let requests = 0;
  let rows = 0;
  const take = site.faults.take.bind(site.faults);
  site.faults.take = (method, path) => {
    requests += 1;
    if (requests === kill.requests) child.kill("SIGKILL");
    return take(method, path);
  };
  site.faults.refuseRows("Employee Checkin", () => {
    rows += 1;
    if (rows === kill.rows) child.kill("SIGKILL");
    return false;
  });
  const run = await ended;
  site.faults.take = take;
  site.faults.clear();
  return run;
}

test("a process killed again and again on the way leaves every punch exactly once", async () => {
  const kills = [{ requests: 2 }, { rows: 1 }, { rows: 70 }, { requests: 5 }, { requests: 6 }, { requests: 9 }];
  for (const kill of kills) {
    // The site goes on with a request whose client is dead, and is slow about it.
    site.faults.add({ kind: "slow", ms: 30 }, { method: "POST" });
    expect((await runAndKill(kill)).signal).toBe("SIGKILL");
    site.faults.clear();
  }
  const last = await start().ended;
  expect(last.code).toBe(0);
  const found = checkinsOf(site);
  expect(new Set(found).size).toBe(PUNCHES);
  expect(found).toHaveLength(PUNCHES);
  expect(JSON.parse(last.output)).toMatchObject({ held: 0, refused: 0, failed: 0 });

  const world = await DeliveryWorld.open(home.path);
  expect(await world.delivery.status()).toMatchObject({ undelivered: 0, states: { delivered: PUNCHES } });
  expect(await world.data.audit.verify()).toMatchObject({ ok: true });
  await world.close();
}, 120_000);
