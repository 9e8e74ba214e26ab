import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { Readings } from "../../../../connector/terminals/fleet/readings.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { nameOf, TerminalBench } from "../../../support/terminal-bench.ts";

const GATE = nameOf("Gate 1");
const DAY_MS = 86_400_000;
const FIRST = { userId: "1", at: "2026-11-20T08:00:00" };
const LATER = { userId: "1", at: "2026-11-20T17:00:00" };

let bench: TerminalBench;
let device: ZkTerminal;
let readings: Readings;

beforeEach(async () => {
  bench = await TerminalBench.open();
  device = await ZkTerminal.start({
    punches: [FIRST, LATER],
    capacity: { punches: 100 },
    now: () => bench.data.clock.now() - 90_000,
  });
  await bench.add("Gate 1", device.address);
  readings = new Readings(bench.data.store);
});

afterEach(async () => {
  await bench.close();
  await device.stop();
});

const rows = () => bench.data.store.db.selectFrom("terminal_readings").selectAll().orderBy("id").execute();
const gaps = async () => (await readings.history(GATE))?.gaps;

describe("The readings of a terminal", () => {
  it("are none before it was asked", async () => {
    expect(await readings.history(GATE)).toBeNull();
  });

  it("are kept of a check and of a pull, with counts, capacities and the clock", async () => {
    await bench.terminals.check(GATE);
    await bench.terminals.pull(GATE);
    const counted = { punches: 2, punch_capacity: 100, clock_offset_seconds: -90, source: `serial:${device.serial}` };
    const [check, pull] = await rows();
    expect(check).toMatchObject({ ...counted, log_count: null, log_tail: null });
    expect(pull).toMatchObject({ ...counted, log_count: 2, continuity: null });
    expect(await readings.history(GATE)).toMatchObject({
      counts: [{ punches: 2 }, { punches: 2 }],
      punchCapacity: 100,
      clockOffsetSeconds: -90,
      gaps: [],
    });
  });

  it("are kept of a log that was read although the terminal tells nothing else", async () => {
    device.set({ silentOn: [201], freeSizes: "unknown" });
    expect(await bench.terminals.pull(GATE)).toMatchObject({ read: 2, added: 2 });
    expect(await rows()).toMatchObject([{ punches: null, clock_offset_seconds: null, log_count: 2 }]);
  });

  it("tell that another program cleared the log, and go on being taken", async () => {
    await bench.terminals.pull(GATE);
    device.state.punches.clear();
    device.state.addPunches([{ userId: "2", at: "2026-11-21T08:00:00" }]);
    expect(await bench.terminals.pull(GATE)).toMatchObject({ read: 1, added: 1 });
    await bench.terminals.pull(GATE);
    expect((await rows()).map(({ continuity }) => continuity)).toEqual([null, "cleared-by-other", "unchanged"]);
    expect(await gaps()).toEqual([{ at: "2026-11-24T08:00:00.000Z", how: "cleared-by-other" }]);
  });

  it("tell a full log that overwrites its oldest records from one that was cleared", async () => {
    device.state.addPunches(Array.from({ length: 98 }, (_, at) => ({ userId: String(at), at: "2026-11-20T18:00:00" })));
    await bench.terminals.pull(GATE);
    device.set({ fullLog: "overwrite" });
    device.punch({ userId: "7", at: "2026-11-21T08:00:00" });
    await bench.terminals.pull(GATE);
    expect(await gaps()).toMatchObject([{ how: "overwrote-oldest" }]);
    expect((await bench.punches()).length).toBe(101);
  });

  it("compare a log with the last one that was read, whatever was asked in between", async () => {
    await bench.terminals.pull(GATE);
    bench.data.clock.advance(2 * DAY_MS);
    await bench.terminals.check(GATE);
    bench.data.clock.advance(2 * DAY_MS);
    await bench.terminals.check(GATE);
    device.state.punches.clear();
    await bench.terminals.pull(GATE);
    expect(await gaps()).toMatchObject([{ how: "cleared-by-other" }]);
  });

  it("of another device under the same name are not compared with the old one's", async () => {
    await bench.terminals.pull(GATE);
    await bench.terminals.remove(GATE, "test");
    const other = await ZkTerminal.start({ serial: "B9" });
    await bench.add("Gate 1", other.address);
    await bench.terminals.pull(GATE);
    expect(await readings.history(GATE)).toMatchObject({ counts: [{ punches: 0 }], gaps: [] });
    await other.stop();
  });

  it("are thinned out to one of each day that is over", async () => {
    for (let hours = 0; hours < 96; hours += 6) {
      await bench.terminals.check(GATE);
      bench.data.clock.advance(DAY_MS / 4);
    }
    const days = (await rows()).map(({ at }) => at.slice(0, 10));
    expect(days.filter((day) => day === "2026-11-25")).toHaveLength(1);
    expect(days.filter((day) => day === "2026-11-27").length).toBeGreaterThan(1);
  });

  it("of an aborted visit are none", async () => {
    device.set({ silentOn: [1503] });
    const asked = device.commands.next(1503);
    const abort = new AbortController();
    const pulling = expect(bench.terminals.pull(GATE, { signal: abort.signal })).rejects.toThrow("enough");
    await asked;
    abort.abort(new Error("enough"));
    await pulling;
    expect(await rows()).toEqual([]);
  });
});
