import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { Command } from "../../../doubles/zk-terminal/wire/codes.ts";
import { holdings, named, PlanBench, results, staff, summary } from "../../../support/plan-bench.ts";

let bench: PlanBench;
let gate: ZkTerminal;

/** Three people with old IDs 1, 2, 3 and new IDs 9001, 9002, 9003. */
beforeEach(async () => {
  bench = await PlanBench.open();
  gate = await bench.terminal("Gate", staff(3));
  await bench.hire(3);
  for (const number of ["1", "2", "3"]) await bench.link(`900${number}`, `HR-EMP-${number}`, { scheme: "new" });
});

afterEach(() => bench.close());

/** Moments at which people could punch while one finger was under two IDs. */
function watchDoubles(double: ZkTerminal): string[] {
  const seen: string[] = [];
  double.commands.watch(({ command }) => {
    if (double.state.enabled && double.hasTwins()) seen.push(`after command ${command}`);
  });
  return seen;
}

describe("moving people to their new IDs", () => {
  test("keeps everything else, reads back, and never shows a finger twice", async () => {
    const { "1": first, "2": second, "3": third } = holdings(gate);
    const twice = watchDoubles(gate);
    const { preview, applied } = await bench.move({ terminals: ["Gate"] });
    expect(summary(preview)).toEqual(["1 Gate: move", "2 Gate: move", "3 Gate: move"]);
    expect(results(applied)).toEqual(["1 Gate: verified", "2 Gate: verified", "3 Gate: verified"]);
    expect(holdings(gate)).toEqual({ "9001": first, "9002": second, "9003": third });
    expect(twice).toEqual([]);
    expect(gate.state.enabled).toBe(true);
    expect(await bench.sealed()).toBe(0);
  });

  test("touches nothing for a preview, and nothing but a link is needed to begin with", async () => {
    const before = holdings(gate);
    await bench.services.moves.plan({ terminals: [named("Gate")], people: "all" }, "cli");
    expect(holdings(gate)).toEqual(before);
    gate.punch({ userId: "2", at: "2026-11-24T08:00:00" });
    expect(await bench.services.terminals.pull(named("Gate"))).toMatchObject({ added: 1, quarantined: 0 });
  });

  test("asks for consent, in the preview and again when it is done", async () => {
    const plan = (await bench.services.moves.plan({ terminals: [named("Gate")], people: "all" }, "cli")).plan;
    await bench.withdraw(["HR-EMP-2"]);
    const before = holdings(gate)["2"];
    expect(results(await bench.apply(plan))).toEqual([
      "1 Gate: verified",
      "2 Gate: failed consent.missing",
      "3 Gate: verified",
    ]);
    expect(holdings(gate)["2"]).toEqual(before);
    const { preview } = await bench.move({ terminals: ["Gate"], people: ["HR-EMP-2"] });
    expect(summary(preview)).toEqual(["2 Gate: refused consent.missing"]);
  });

  test("moves nobody whose links changed since the preview", async () => {
    const plan = (await bench.services.moves.plan({ terminals: [named("Gate")], people: "all" }, "cli")).plan;
    await bench.unlink("1", "HR-EMP-1");
    expect(results(await bench.apply(plan))[0]).toBe("1 Gate: failed copy.source-changed");
  });

  test("moves nobody to an ID that was given to somebody else since the preview", async () => {
    const plan = (await bench.services.moves.plan({ terminals: [named("Gate")], people: "all" }, "cli")).plan;
    await bench.unlink("9001", "HR-EMP-1");
    await bench.link("9001", "HR-EMP-2");
    expect(results(await bench.apply(plan))[0]).toBe("1 Gate: failed copy.source-changed");
  });

  test("moves nobody whose finger was enrolled anew meanwhile", async () => {
    gate.commands.watch(({ command }) => {
      // Between the reading of the fingers and the lock.
      if (command === Command.disable)
        gate.state.templates.put({ uid: 1, finger: 8, flag: 1, bytes: Buffer.alloc(900, 7) });
    });
    const before = holdings(gate)["2"];
    const { applied } = await bench.move({ terminals: ["Gate"], people: ["HR-EMP-1"] });
    expect(results(applied)).toEqual(["1 Gate: failed copy.source-changed"]);
    expect(holdings(gate)["2"]).toEqual(before);
    expect(Object.keys(holdings(gate)).sort()).toEqual(["1", "2", "3"]);
  });

  test("needs the active mode", async () => {
    await bench.services.terminals.setMode(named("Gate"), "shadow", "cli");
    const { preview } = await bench.move({ terminals: ["Gate"] });
    expect(summary(preview)[0]).toBe("1 Gate: refused terminal.shadow-mode");
  });
});

describe("a move that fails half-way", () => {
  test("is undone at once, and the next person's goes on", async () => {
    const before = holdings(gate);
    gate.set({ templateWrites: "lose" });
    const { applied } = await bench.move({ terminals: ["Gate"] });
    expect(results(applied)).toEqual(["1", "2", "3"].map((id) => `${id} Gate: failed terminal.not-stored`));
    expect(holdings(gate)).toEqual(before);
    expect(gate.state.enabled).toBe(true);
  });

  test("stays on the list when the terminal goes away, and is settled first when it is back", async () => {
    const before = holdings(gate);
    const twice = watchDoubles(gate);
    // Somebody pulls the cable in the middle of the first template.
    let gone: Promise<void> = Promise.resolve();
    gate.commands.watch(({ command }) => {
      if (command === Command.templateWrite) gone = gate.stop();
    });
    const { plan, applied } = await bench.move({ terminals: ["Gate"], people: ["HR-EMP-1"] });
    expect(results(applied)).toEqual(["1 Gate: failed terminal.unreachable"]);
    expect(gate.state.enabled).toBe(false);
    const shadow = bench.services.terminals.setMode(named("Gate"), "shadow", "cli");
    await expect(shadow).rejects.toMatchObject({ code: "terminal.unfinished-move" });
    await expect(bench.services.terminals.remove(named("Gate"), "cli")).rejects.toMatchObject({
      code: "terminal.unfinished-move",
    });
    expect(gate.hasTwins()).toBe(true);
    await gone;
    gate = await bench.restarted(gate);
    const later = watchDoubles(gate);
    await bench.services.terminals.pull(named("Gate"));
    const codes = gate.commands.codes();
    expect(codes.indexOf(Command.enable)).toBeLessThan(codes.lastIndexOf(Command.bufferedRead));
    expect(holdings(gate)).toEqual(before);
    expect(gate.state.enabled).toBe(true);
    expect([...twice, ...later]).toEqual([]);
    expect(results(await bench.apply(plan))).toEqual(["1 Gate: verified"]);
  });

  test("is given up only where the operator says that the device is gone for good", async () => {
    let gone: Promise<void> = Promise.resolve();
    gate.commands.watch(({ command }) => {
      if (command === Command.templateWrite) gone = gate.stop();
    });
    const { plan } = await bench.move({ terminals: ["Gate"], people: ["HR-EMP-1"] });
    await gone;
    await bench.services.terminals.remove(named("Gate"), "cli", { giveUpMoves: true });
    expect(results((await bench.services.plans.outcome(plan)).items)).toEqual([
      "1 Gate: failed terminal.unfinished-move",
    ]);
    expect(await bench.services.terminals.list()).toEqual([]);
  });
});
