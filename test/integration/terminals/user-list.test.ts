import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { listUsers } from "../../../connector/terminals/user-list.ts";
import type { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { Command } from "../../doubles/zk-terminal/wire/codes.ts";
import { named, PlanBench, staff } from "../../support/plan-bench.ts";

let bench: PlanBench;
let gate: ZkTerminal;

beforeEach(async () => {
  bench = await PlanBench.open();
  gate = await bench.terminal("Gate", staff(2), { mode: "shadow" });
});

afterEach(() => bench.close());

async function fingers(): Promise<unknown> {
  const { terminals, who } = bench.services;
  const users = await listUsers(terminals, named("Gate"), who.fingersOfAgreed("cli"));
  return users.map(({ userId, fingers: slots }) => [userId, slots]);
}

test("fingers are told of those who agreed, also in shadow mode", async () => {
  await bench.hire(2, { consent: false });
  await bench.consent(["HR-EMP-2"]);
  expect(await fingers()).toEqual([
    ["1", []],
    ["2", [1]],
  ]);
  expect(gate.commands.count(Command.dbRead)).toBe(0);
});

test("nobody's fingers are read without consent, nor where biometrics are switched off", async () => {
  await bench.hire(2, { consent: false });
  expect(await fingers()).toEqual([
    ["1", []],
    ["2", []],
  ]);
  await bench.consent(["HR-EMP-1", "HR-EMP-2"]);
  await bench.switchBiometricsOff();
  expect(await fingers()).toEqual([
    ["1", []],
    ["2", []],
  ]);
  const asked = gate.commands
    .entries()
    .filter(({ command, data }) => command === Command.userTempRead && data.length === 3);
  expect(asked).toEqual([]);
});

test("who looked is in the audit", async () => {
  await bench.hire(2);
  await fingers();
  const rows = await bench.audited("terminals.read-fingers");
  expect(rows).toEqual([{ actor: "cli", subject: "Gate", detail: { people: 2 } }]);
});
