import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { systemClock } from "../../../../connector/platform/clock.ts";
import { TerminalDrivers } from "../../../../connector/terminals/drivers.ts";
import { Fleet } from "../../../../connector/terminals/fleet/fleet.ts";
import { LiveListening } from "../../../../connector/terminals/fleet/live-listening.ts";
import type { QuietWindow } from "../../../../connector/terminals/fleet/quiet-windows.ts";
import { TerminalLocks } from "../../../../connector/terminals/locks.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { until } from "../../../support/settled.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const REGISTER = 500;
const CONNECT = 1000;
const EXIT = 1001;
const SECOND = 1_000;
const GATE = nameOf("Gate 1");

let bench: TerminalBench;
let device: ZkTerminal;
let fleet: Fleet;
let live: LiveListening;
let settings: { quietWindows: QuietWindow[] };
/** Terminals that were wanted to be read soon. */
let wanted: string[];
let failures: unknown[];

beforeEach(async () => {
  bench = await TerminalBench.open({ keepAliveMs: 10 });
  device = await ZkTerminal.start({ modes: { halfOpen: "reset" } });
  wanted = [];
  failures = [];
  settings = { quietWindows: [] };
  const { store, clock } = bench.data;
  live = new LiveListening({
    ...{ store, clock, settings },
    terminals: bench.terminals,
    pulls: { soon: (name) => wanted.push(name) },
    failed: (error) => failures.push(error),
  });
  fleet = new Fleet({
    ...bench.data,
    clock: systemClock,
    drivers: new TerminalDrivers([]),
    locks: new TerminalLocks(),
    probe: () => Promise.resolve(false),
    live,
  });
  await bench.add("Gate 1", device.address);
  await live.start();
});

afterEach(async () => {
  await live.stop();
  await bench.close();
  await device.stop();
  expect(failures).toEqual([]);
});

const registrations = (): number => device.commands.count(REGISTER);
const turnOn = async (): Promise<void> => {
  const registered = device.commands.next(REGISTER);
  await fleet.setLive({ name: GATE, live: true }, "test");
  await registered;
};

describe("Listening for punches", () => {
  it("is off until it is asked for, because a terminal has one connection", async () => {
    await bench.terminals.check(GATE);
    expect(registrations()).toBe(0);
  });

  it("wants a read for what may have been missed, and one for every punch", async () => {
    await turnOn();
    expect(wanted).toEqual(["Gate 1"]);
    device.punch({ userId: "1" });
    await until(() => wanted.length === 2);
  });

  it("is on record, and ends with a goodbye when it is turned off", async () => {
    await turnOn();
    const left = device.commands.next(EXIT);
    await fleet.setLive({ name: GATE, live: false }, "test");
    await left;
    bench.data.clock.advance(600 * SECOND);
    expect((await bench.audited()).filter(({ action }) => action === "terminals.live")).toMatchObject([
      { subject: "Gate 1", detail: { live: true } },
      { subject: "Gate 1", detail: { live: false } },
    ]);
    await bench.terminals.check(GATE);
    expect(registrations()).toBe(1);
  });

  it("makes way for an operator at once and comes back", async () => {
    await turnOn();
    expect(await bench.terminals.check(GATE)).toMatchObject({ serial: device.serial });
    expect((await bench.row("Gate 1"))?.lastError).toBeNull();
    const again = device.commands.next(REGISTER);
    await until(() => bench.data.clock.waiting > 0);
    bench.data.clock.advance(5 * SECOND);
    await again;
    expect(wanted).toEqual(["Gate 1"]);
    expect(device.violations).toEqual([]);
  });

  it("wants a read for a punch that was made while the terminal was somebody else's", async () => {
    await bench.terminals.pull(GATE);
    await turnOn();
    await bench.terminals.check(GATE);
    device.punch({ userId: "1" });
    const again = device.commands.next(REGISTER);
    await until(() => bench.data.clock.waiting > 0);
    bench.data.clock.advance(5 * SECOND);
    await again;
    expect(wanted).toEqual(["Gate 1", "Gate 1"]);
  });

  it("makes way for a scheduled read", async () => {
    await turnOn();
    expect(await bench.terminals.pull(GATE, { rank: "scheduled" })).toMatchObject({ read: 0 });
  });

  it("registers anew after the terminal restarted, and wants a read then", async () => {
    await turnOn();
    device.restart();
    await until(async () => (await bench.row("Gate 1"))?.lastError !== null);
    const again = device.commands.next(REGISTER);
    await until(() => {
      bench.data.clock.advance(SECOND);
      return registrations() === 2;
    });
    await again;
    expect(wanted).toEqual(["Gate 1", "Gate 1"]);
  });

  it("tries again less and less often while the terminal is not there", async () => {
    const { clock } = bench.data;
    device.set({ connect: "secured" });
    await fleet.setLive({ name: GATE, live: true }, "test");
    const pauses: number[] = [];
    for (let tries = 1; tries <= 8; tries++) {
      await until(() => device.commands.count(CONNECT) === tries && clock.waiting > 0);
      const since = clock.now();
      while (clock.waiting > 0) clock.advance(SECOND);
      pauses.push((clock.now() - since) / SECOND);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(wanted).toEqual([]);
  });

  it("lets go in a quiet window and comes back after it", async () => {
    // 08:00 UTC on Tuesday 24 November is 15:00 in Vietnam.
    settings.quietWindows = [{ weekday: 2, from: "15:02", to: "15:30" }];
    await turnOn();
    const left = device.commands.next(EXIT);
    for (let minutes = 0; minutes < 3; minutes++) bench.data.clock.advance(60 * SECOND);
    await left;
    const again = device.commands.next(REGISTER);
    await until(() => {
      bench.data.clock.advance(SECOND);
      return registrations() === 2;
    });
    await again;
    expect(bench.data.clock.now()).toBeGreaterThanOrEqual(Date.parse("2026-11-24T08:30:00Z"));
  });

  it("hears nothing from a terminal that sends no events, and does no harm there", async () => {
    device.set({ events: "never" });
    await turnOn();
    device.punch({ userId: "1" });
    await device.idle();
    expect(wanted).toEqual(["Gate 1"]);
  });

  it("ends with the terminal's removal, and with the connector", async () => {
    await turnOn();
    await bench.terminals.remove(GATE, "test");
    await live.stop();
    bench.data.clock.advance(600 * SECOND);
    await until(() => device.connections === 0);
  });

  it("is refused for a terminal that is known from files only", async () => {
    await bench.data.store.db.updateTable("terminals").set({ address: null }).execute();
    await expect(fleet.setLive({ name: GATE, live: true }, "test")).rejects.toMatchObject({
      code: "terminal.no-address",
    });
  });
});
