import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { PullSchedule } from "../../../../connector/terminals/fleet/pull-schedule.ts";
import type { QuietWindow } from "../../../../connector/terminals/fleet/quiet-windows.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { until } from "../../../support/settled.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const MINUTE = 60_000;
const READ = 1503;
const CONNECT = 1000;
const T0 = nameOf("T0");

let bench: TerminalBench;
let devices: ZkTerminal[];
let schedule: PullSchedule;
let settings: { pullEveryMinutes: number; quietWindows: QuietWindow[] };
/** What stood in the ledger at each delivery. */
let deliveries: number[];
let failures: unknown[];
let deliver: () => Promise<void>;

beforeEach(async () => {
  bench = await TerminalBench.open({ idleMs: 600_000, connectMs: 600_000 });
  deliveries = [];
  failures = [];
  settings = { pullEveryMinutes: 5, quietWindows: [] };
  deliver = async () => void deliveries.push((await bench.punches()).length);
  devices = await Promise.all(
    ["A1", "B2"].map((serial, at) =>
      ZkTerminal.start({ serial, punches: [{ userId: String(at), at: "2026-11-20T08:00:00" }] }),
    ),
  );
  for (const [at, { address }] of devices.entries()) await bench.add(`T${at}`, address);
  schedule = new PullSchedule({
    clock: bench.data.clock,
    terminals: bench.terminals,
    settings,
    deliver: () => deliver(),
    failed: (what, error) => failures.push([what, error]),
  });
});

afterEach(async () => {
  await schedule.stop();
  await bench.close();
  await Promise.all(devices.map((device) => device.stop()));
});

function device(at: number): ZkTerminal {
  const found = devices[at];
  if (found === undefined) throw new Error(`no terminal ${at}`);
  return found;
}

const reads = (at: number): number => device(at).commands.count(READ);

/** Turns the clock and lets everything that falls due come to its end. */
async function pass(minutes: number): Promise<void> {
  bench.data.clock.advance(minutes * MINUTE);
  await schedule.idle();
}

describe("Scheduled pulls", () => {
  it("begin after the usual time and never at once", async () => {
    schedule.start();
    await pass(4);
    expect([reads(0), reads(1)]).toEqual([0, 0]);
    await pass(1);
    expect([reads(0), reads(1)]).toEqual([1, 1]);
    expect(deliveries).toEqual([2]);
  });

  it("come again, and deliver once each time", async () => {
    schedule.start();
    await pass(5);
    device(1).punch({ userId: "1", at: "2026-11-24T15:00:00" });
    await pass(5);
    expect(deliveries).toEqual([2, 3]);
  });

  it("are off at 0 minutes", async () => {
    settings.pullEveryMinutes = 0;
    schedule.start();
    await pass(24 * 60);
    expect(device(0).commands.entries()).toEqual([]);
    expect(deliveries).toEqual([]);
  });

  it("leave terminals alone in a quiet window of their zone", async () => {
    // 08:00 UTC on Tuesday 24 November is 15:00 in Vietnam.
    settings.quietWindows = [{ weekday: 2, from: "15:00", to: "15:12" }];
    schedule.start();
    await pass(5);
    await pass(5);
    expect([reads(0), deliveries.length]).toEqual([0, 0]);
    await pass(5);
    expect([reads(0), deliveries.length]).toEqual([1, 1]);
  });

  it("are not delayed by a dead terminal, which is delivered from when it comes back", async () => {
    device(0).set({ silentOn: "all" });
    schedule.start();
    const read = device(1).commands.next(1001);
    bench.data.clock.advance(5 * MINUTE);
    await read;
    await until(() => bench.punches().then(({ length }) => length === 1));
    bench.data.clock.advance(MINUTE);
    await until(() => deliveries.length === 1);
    expect(deliveries).toEqual([1]);
    await device(0).stop();
    await schedule.idle();
    expect(deliveries).toEqual([1, 1]);
    expect(failures).toEqual([]);
  });

  it("wait longer and longer for a terminal that does not answer, up to an hour", async () => {
    device(0).set({ connect: "secured" });
    schedule.start();
    const tries: number[] = [];
    for (let minutes = 5; minutes <= 240; minutes += 5) {
      const before = device(0).commands.count(CONNECT);
      await pass(5);
      if (device(0).commands.count(CONNECT) > before) tries.push(minutes);
    }
    expect(tries).toEqual([5, 10, 20, 40, 80, 140, 200]);
    expect(reads(1)).toBe(48);
    expect((await bench.row("T0"))?.lastError?.code).toBe("terminal.secured-firmware");
  });

  it("come as usual again once an operator has reached the terminal", async () => {
    device(0).set({ connect: "secured" });
    schedule.start();
    for (let round = 0; round < 8; round++) await pass(5);
    device(0).calm();
    await bench.terminals.pull(T0);
    await pass(5);
    expect(reads(0)).toBe(2);
  });

  it("make way for an operator, leave no stain, and come back in a minute", async () => {
    schedule.start();
    device(0).set({ silentOn: [READ] });
    const asked = device(0).commands.next(READ);
    bench.data.clock.advance(5 * MINUTE);
    await asked;
    device(0).calm();
    expect(await bench.terminals.check(T0)).toMatchObject({ serial: "A1" });
    await schedule.idle();
    expect(await bench.row("T0")).toMatchObject({ lastReadAt: null, lastError: null });
    await pass(1);
    expect(await bench.row("T0")).toMatchObject({ lastReadAt: expect.any(String) });
    expect(deliveries).toEqual([1, 2]);
    expect(failures).toEqual([]);
  });

  it("never disturb what an operator is doing", async () => {
    schedule.start();
    device(0).set({ silentOn: [READ] });
    const asked = device(0).commands.next(READ);
    const abort = new AbortController();
    const operator = bench.terminals.pull(T0, { signal: abort.signal });
    const ended = expect(operator).rejects.toThrow("enough");
    await asked;
    await pass(5);
    expect([reads(0), reads(1)]).toEqual([1, 1]);
    abort.abort(new Error("enough"));
    await ended;
  });

  it("report a delivery that failed and go on", async () => {
    const error = new Error("site is down");
    deliver = () => Promise.reject(error);
    schedule.start();
    await pass(5);
    await pass(5);
    expect(failures).toEqual([
      ["deliver", error],
      ["deliver", error],
    ]);
    expect(reads(0)).toBe(2);
  });

  it("end with the connector, in the middle of a read", async () => {
    schedule.start();
    device(0).set({ silentOn: [READ] });
    const asked = device(0).commands.next(READ);
    bench.data.clock.advance(5 * MINUTE);
    await asked;
    await schedule.stop();
    expect(await bench.row("T0")).toMatchObject({ lastReadAt: null, lastError: null });
    await pass(60);
    expect(reads(0)).toBe(1);
    expect(failures).toEqual([]);
  });
});

describe("A pull that is wanted soon", () => {
  it("is one for everybody who wants it, and delivers", async () => {
    schedule.soon(T0);
    schedule.soon(T0);
    await pass(1);
    expect([reads(0), reads(1)]).toEqual([1, 0]);
    expect(deliveries).toEqual([1]);
  });

  it("comes no more than once a minute", async () => {
    schedule.soon(T0);
    await pass(0.1);
    schedule.soon(T0);
    await pass(0.5);
    expect(reads(0)).toBe(1);
    await pass(0.6);
    expect(reads(0)).toBe(2);
  });

  it("waits for the end of a quiet window", async () => {
    settings.quietWindows = [{ weekday: 2, from: "15:00", to: "15:30" }];
    schedule.soon(T0);
    await pass(29);
    expect(reads(0)).toBe(0);
    await pass(1);
    expect(reads(0)).toBe(1);
  });

  it("is not needed any more when the schedule came first", async () => {
    schedule.start();
    await pass(4.99);
    schedule.soon(T0);
    await pass(0.01);
    await pass(1);
    expect(reads(0)).toBe(1);
  });

  it("of a terminal that is gone does nothing", async () => {
    schedule.soon(nameOf("Gone"));
    await pass(1);
    expect([deliveries, failures]).toEqual([[], []]);
  });
});
