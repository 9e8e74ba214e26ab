import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { QuietWindow } from "../../../../connector/terminals/fleet/quiet-windows.ts";
import { StandingWork } from "../../../../connector/terminals/fleet/standing-work.ts";
import { listUsers } from "../../../../connector/terminals/user-list.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { until } from "../../../support/settled.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const REGISTER = 500;
const SECOND = 1_000;

let bench: TerminalBench;
let device: ZkTerminal;
let standing: StandingWork;
let settings: { pullEveryMinutes: number; quietWindows: QuietWindow[] };
let deliver: () => Promise<unknown>;
/** How many punches stood in the ledger at each delivery. */
let deliveries: number[];
let logged: unknown[];

beforeEach(async () => {
  bench = await TerminalBench.open();
  device = await ZkTerminal.start();
  await bench.add("Gate 1", device.address);
  await bench.data.store.db.updateTable("terminals").set({ live: 1 }).execute();
  settings = { pullEveryMinutes: 0, quietWindows: [] };
  deliveries = [];
  deliver = async () => deliveries.push((await bench.punches()).length);
  logged = [];
  const { store, clock } = bench.data;
  standing = new StandingWork({
    ...{ store, clock, settings, terminals: bench.terminals },
    deliver: () => deliver(),
    log: {
      warn: (facts, text) => logged.push(["warn", facts, text]),
      error: (facts, text) => logged.push(["error", facts, text]),
    },
  });
});

afterEach(async () => {
  await standing.stop();
  await bench.close();
  await device.stop();
});

/** Turns the clock until something has come of it. */
async function pass(done: () => boolean): Promise<void> {
  await until(() => {
    bench.data.clock.advance(SECOND);
    return done();
  });
}

async function listening(times: number): Promise<void> {
  await pass(() => device.commands.count(REGISTER) >= times);
}

describe("What Tandem does by itself", () => {
  it("reads what it has heard of, delivers it, and listens again", async () => {
    await standing.start();
    await listening(1);
    await pass(() => deliveries.includes(0));
    await listening(2);
    device.punch({ userId: "12", at: "2026-11-24T15:00:00" });
    await pass(() => deliveries.includes(1));
    expect(await bench.punches()).toEqual(["12 2026-11-24T15:00:00 ×1"]);
    await listening(3);
    expect(device.violations).toEqual([]);
  });

  it("leaves an operator's command no chance to find a terminal busy", async () => {
    await standing.start();
    await listening(1);
    for (let times = 0; times < 5; times++) {
      await bench.terminals.check(nameOf("Gate 1"));
      await listUsers(bench.terminals, nameOf("Gate 1"));
      bench.data.clock.advance(5 * SECOND);
    }
  });

  it("warns in the log of an HR site that fails, and reports what should never happen", async () => {
    const failures = [new TandemError("hr.unreachable", { origin: "https://hr.example" }), new Error("a mistake")];
    deliver = () => Promise.reject(failures.shift() ?? new Error("once too often"));
    settings.pullEveryMinutes = 5;
    await standing.start();
    await pass(() => logged.length === 2);
    expect(logged).toMatchObject([
      ["warn", { code: "hr.unreachable" }, "standing work: deliver failed"],
      ["error", { err: { message: "a mistake" } }, "standing work: deliver failed"],
    ]);
  });

  it("ends with the connector, whatever is under way", async () => {
    settings.pullEveryMinutes = 1;
    device.set({ silentOn: [1503] });
    await standing.start();
    await pass(() => device.commands.count(1503) === 1);
    await standing.stop();
    await until(() => device.connections === 0);
    const before = device.commands.codes().length;
    bench.data.clock.advance(3_600 * SECOND);
    await device.idle();
    expect(device.commands.codes()).toHaveLength(before);
    expect(logged).toEqual([]);
  });
});
