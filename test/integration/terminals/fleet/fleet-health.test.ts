import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { FleetHealth } from "../../../../connector/terminals/fleet/fleet-health.ts";
import { FrappeSite } from "../../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { openHrSites } from "../../../support/hr-sites.ts";
import { until } from "../../../support/settled.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const GATE = nameOf("Gate 1");
const SECOND = 1_000;

let bench: TerminalBench;
let device: ZkTerminal;
let site: FrappeSite;
let health: FleetHealth;
let connect: () => Promise<void>;

beforeEach(async () => {
  bench = await TerminalBench.open();
  const now = () => bench.data.clock.now();
  device = await ZkTerminal.start({
    now: () => now() - 90 * SECOND,
    punches: [{ userId: "1", at: "2026-11-20T08:00:00" }],
  });
  site = await FrappeSite.start({ employees: [{ first_name: "Lan" }], now });
  const { sites } = await openHrSites(bench.data, bench.data.clock);
  connect = async () => {
    const key = { apiKey: "hr-key", apiSecret: "hr-secret" };
    await sites.connect({ kind: "frappe", url: site.origin, ...key }, "test");
  };
  const { store, clock } = bench.data;
  health = new FleetHealth({ store, clock, terminals: bench.terminals, hrSites: sites });
  await bench.add("Gate 1", device.address);
});

afterEach(async () => {
  await bench.close();
  await device.stop();
  await site.stop();
});

describe("A check of a terminal", () => {
  it("compares its clock with this PC's and the HR server's", async () => {
    await connect();
    site.faults.clockSkewMs = -240 * SECOND;
    const check = await health.check(GATE);
    expect(check).toMatchObject({ serial: device.serial, punches: 1, clockOffsetSeconds: -90 });
    expect(Math.abs((check.pcClockOffsetSeconds ?? 0) - 240)).toBeLessThanOrEqual(1);
    expect(Math.abs((check.hrClockOffsetSeconds ?? 0) - 150)).toBeLessThanOrEqual(1);
  });

  it("tells what the readings so far say", async () => {
    expect(await health.check(GATE)).toMatchObject({
      live: false,
      daysUntilFull: null,
      warnings: [{ code: "fleet.clock-drift", details: { name: "Gate 1", seconds: -90 } }],
    });
  });

  it("does without an HR site, and without one that answers", async () => {
    const unknown = { pcClockOffsetSeconds: null, hrClockOffsetSeconds: null };
    expect(await health.check(GATE)).toMatchObject(unknown);
    await connect();
    await site.stop();
    expect(await health.check(GATE)).toMatchObject(unknown);
  });

  it("does not wait for an HR site that is slow", async () => {
    await connect();
    site.faults.add({ kind: "hang-before-commit" });
    const checking = health.check(GATE);
    await until(() => site.requests.all().at(-1)?.status === 0);
    bench.data.clock.advance(5 * SECOND);
    expect(await checking).toMatchObject({ pcClockOffsetSeconds: null, hrClockOffsetSeconds: null });
  });
});

describe("The list of terminals", () => {
  it("warns that another program cleared a log, and the terminal is read all the same", async () => {
    await bench.terminals.pull(GATE);
    device.state.punches.clear();
    expect(await bench.terminals.pull(GATE)).toMatchObject({ read: 0 });
    const [row] = await health.list();
    expect(row).toMatchObject({ name: "Gate 1", lastError: null });
    expect(row?.warnings.map(({ code }) => code)).toContain("fleet.log-cleared");
  });

  it("says nothing of a terminal that was never asked", async () => {
    expect(await health.list()).toMatchObject([{ name: "Gate 1", live: false, daysUntilFull: null, warnings: [] }]);
    expect(device.commands.entries()).toEqual([]);
  });
});
