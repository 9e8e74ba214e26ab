import { afterEach, beforeEach, expect, test } from "@jest/globals";

import type { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { Command } from "../../../doubles/zk-terminal/wire/codes.ts";
import { holdings, named, PlanBench, results, staff, summary } from "../../../support/plan-bench.ts";

let bench: PlanBench;
let gate: ZkTerminal;

beforeEach(async () => {
  bench = await PlanBench.open();
  gate = await bench.terminal("Gate", staff(3));
  await bench.hire(3);
});

afterEach(() => bench.close());

test("people who left are removed with their fingers, and their punches stay", async () => {
  gate.punch({ userId: "2", at: "2020-06-01T08:00:00" });
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  const { preview, applied } = await bench.remove({});
  expect(summary(preview)).toEqual(["2 Gate: remove"]);
  expect(results(applied)).toEqual(["2 Gate: verified"]);
  expect(Object.keys(holdings(gate))).toEqual(["1", "3"]);
  expect(gate.state.templates.of(2)).toEqual([]);
  expect(gate.state.enabled).toBe(true);
  expect(await bench.services.terminals.pull(named("Gate"))).toMatchObject({ added: 1 });
});

test("nobody who works here is ever selected", async () => {
  expect((await bench.remove({})).preview).toEqual([]);
  const { preview, applied } = await bench.remove({ people: ["HR-EMP-1"] });
  expect(summary(preview)).toEqual(["1 Gate: refused plan.person-active"]);
  expect(results(applied)).toEqual(["1 Gate: skipped plan.person-active"]);
  expect(Object.keys(holdings(gate))).toEqual(["1", "2", "3"]);
});

test("who came back between preview and removal stays", async () => {
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  const { plan } = await bench.services.leavers.plan({ terminals: [], people: "all", afterDays: 7 }, "cli");
  await bench.rehire("HR-EMP-2");
  expect(results(await bench.apply(plan))).toEqual(["2 Gate: failed plan.person-active"]);
  expect(Object.keys(holdings(gate))).toEqual(["1", "2", "3"]);
});

test("a removal needs no consent, and looks into nobody's fingers", async () => {
  await bench.withdraw(["HR-EMP-2"]);
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  gate.commands.clear();
  expect(results((await bench.remove({})).applied)).toEqual(["2 Gate: verified"]);
  expect(gate.commands.count(Command.dbRead)).toBe(0);
});

test("a removal that the terminal only acknowledges is no removal", async () => {
  gate.set({ userDeletes: "lose" });
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  expect(results((await bench.remove({})).applied)).toEqual(["2 Gate: failed terminal.not-stored"]);
});

test("a terminal in shadow mode keeps everybody", async () => {
  await bench.services.terminals.setMode(named("Gate"), "shadow", "cli");
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  expect(summary((await bench.remove({})).preview)).toEqual(["2 Gate: refused terminal.shadow-mode"]);
});

test("a terminal that cannot be reached is told of, and the others are planned", async () => {
  await bench.terminal("Hall", staff(3));
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  await gate.stop();
  expect(summary((await bench.remove({})).preview)).toEqual(["– Gate: refused terminal.unreachable", "2 Hall: remove"]);
});

test("an ID that somebody punched with after its owner's last day is not removed", async () => {
  await bench.dismiss("HR-EMP-2", "2020-06-30");
  gate.punch({ userId: "2", at: "2020-07-15T08:00:00" });
  await bench.services.terminals.pull(named("Gate"));
  expect(summary((await bench.remove({})).preview)).toEqual(["2 Gate: refused plan.still-punching"]);
});
