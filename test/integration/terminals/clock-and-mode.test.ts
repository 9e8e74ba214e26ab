import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { SHADOW_COMMANDS } from "../../../connector/terminals/zk-pull/allow-list.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { nameOf, TerminalBench } from "../../support/terminal-bench.ts";

const GATE = nameOf("Gate 1");
const HOUR_MS = 3_600_000;

let bench: TerminalBench;
let device: ZkTerminal;

async function start(mode: "shadow" | "active", transport: "tcp" | "udp" = "tcp"): Promise<void> {
  device = await ZkTerminal.start({ transport, now: () => bench.data.clock.now() - HOUR_MS });
  await bench.add("Gate 1", device.address, { mode });
}

async function audited(action: string): Promise<unknown[]> {
  const rows = await bench.data.store.db
    .selectFrom("audit")
    .select(["actor", "subject", "outcome", "detail"])
    .where("action", "=", action)
    .execute();
  return rows.map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) as unknown }));
}

beforeEach(async () => {
  bench = await TerminalBench.open();
});

afterEach(async () => {
  await bench.close();
  await device.stop();
});

describe("Setting a terminal's clock", () => {
  it.each(["tcp", "udp"] as const)("brings it to this PC's time and reads it back over %s", async (transport) => {
    await start("active", transport);
    const set = await bench.terminals.setClock(GATE, "test");
    expect(set).toMatchObject({ name: "Gate 1", offsetBeforeSeconds: -3_600 });
    expect(Math.abs(set.offsetAfterSeconds)).toBeLessThanOrEqual(2);
    expect((await bench.terminals.check(GATE)).clockOffsetSeconds).toBe(set.offsetAfterSeconds);
    expect(await audited("terminals.set-clock")).toEqual([
      {
        actor: "test",
        subject: "Gate 1",
        outcome: "succeeded",
        detail: { before: -3_600, after: set.offsetAfterSeconds },
      },
    ]);
  });

  it("is refused in shadow mode, and nothing is sent", async () => {
    await start("shadow");
    await expect(bench.terminals.setClock(GATE, "test")).rejects.toMatchObject({ code: "terminal.shadow-mode" });
    expect(device.commands.entries()).toEqual([]);
    expect((await bench.terminals.list())[0]?.lastError).toBeNull();
  });

  it("is not done because the terminal says so", async () => {
    await start("active");
    device.set({ clockWrites: "lose" });
    await expect(bench.terminals.setClock(GATE, "test")).rejects.toMatchObject({ code: "terminal.not-stored" });
    expect(await audited("terminals.set-clock")).toMatchObject([{ outcome: "failed", detail: { before: -3_600 } }]);
  });
});

describe("A terminal's mode", () => {
  it("changes both ways, and the change is on record", async () => {
    await start("shadow");
    expect(await bench.terminals.setMode(GATE, "active", "Lan")).toMatchObject({ mode: "active" });
    await bench.terminals.setClock(GATE, "test");
    expect(await bench.terminals.setMode(GATE, "shadow", "Lan")).toMatchObject({ mode: "shadow" });
    device.commands.clear();
    await bench.terminals.check(GATE);
    expect(device.commands.codes().filter((code) => !SHADOW_COMMANDS.has(code))).toEqual([]);
    expect(await audited("terminals.set-mode")).toMatchObject([
      { actor: "Lan", detail: { before: "shadow", mode: "active" } },
      { actor: "Lan", detail: { before: "active", mode: "shadow" } },
    ]);
  });

  it("cannot be changed for a terminal that is not there", async () => {
    await start("shadow");
    const changing = bench.terminals.setMode(nameOf("Gate 9"), "active", "test");
    await expect(changing).rejects.toMatchObject({ code: "terminal.unknown" });
  });
});
