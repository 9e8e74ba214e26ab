import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";

import { MoveRequest } from "@tandem/contracts/domain/plan.ts";

import { generateTemplate } from "../../doubles/zk-terminal/samples/templates.ts";
import { PlanBench, results } from "../../support/plan-bench.ts";
import { pythonWithPyzk } from "../../support/pyzk/pyzk.ts";
import { runPyzk } from "../zk-terminal/clients/run-client.ts";

const INSTALL_MS = 400_000;

interface Enrolments {
  readonly users: readonly { readonly uid: number; readonly userId: string }[];
  readonly templates: readonly { readonly uid: number }[];
}

beforeAll(() => pythonWithPyzk(), INSTALL_MS);

let bench: PlanBench;

beforeEach(async () => {
  bench = await PlanBench.open();
});

afterEach(() => bench.close());

const template = (uid: number, finger: number, seed: number) => ({
  ...{ uid, finger, flag: 1, bytes: generateTemplate(seed, 900 + seed) },
});

test.each([72, 28] as const)(
  "pyzk reads who was moved under the new ID with all that was theirs, in rows of %i bytes",
  async (user) => {
    const gate = await bench.terminal("Gate", {
      rowSizes: { user },
      users: [
        { uid: 1, userId: "1", name: "Ánh", card: 222, group: 5, timeZones: [3, 4], password: "1234" },
        { uid: 2, userId: "2", name: "Lan", card: 333, group: 5, timeZones: [3, 4] },
        { uid: 77, userId: "77", name: "Dung", privilege: 14, card: 444, group: 5, timeZones: [3, 4] },
      ],
      templates: [template(1, 0, 10), template(1, 6, 16), template(2, 1, 21), template(77, 2, 770)],
    });
    const before = [2, 77].map((uid) => gate.state.users.row(uid));
    await bench.hire(2);
    await bench.link("101", "HR-EMP-1", { scheme: "new" });

    const { plan } = await bench.services.moves.plan(
      MoveRequest.parse({ terminals: ["Gate"], people: ["HR-EMP-1"] }),
      "cli",
    );
    const applied = await bench.apply(plan);

    expect(results(applied)).toEqual(["1 Gate: verified"]);
    const { users, templates } = await runPyzk<Enrolments>("pyzk_enrolments.py", String(gate.port), "tcp");
    const timeZones = user === 28 ? [3] : [1, 3, 4, 0];
    const rest = { privilege: 0, group: 5, timeZones };
    const moved = users.find(({ userId }) => userId === "101");
    expect(moved).toEqual({
      ...rest,
      uid: expect.any(Number),
      userId: "101",
      name: "Ánh",
      card: 222,
      password: "1234",
    });
    expect(users.filter(({ userId }) => userId !== "101")).toEqual([
      { ...rest, uid: 2, userId: "2", name: "Lan", card: 333, password: "" },
      { ...rest, uid: 77, userId: "77", name: "Dung", card: 444, password: "", privilege: 14 },
    ]);
    const owner = moved?.uid ?? 0;
    const expected = [template(2, 1, 21), template(77, 2, 770), template(owner, 0, 10), template(owner, 6, 16)];
    expect(templates).toHaveLength(expected.length);
    expect(templates).toEqual(
      expect.arrayContaining(expected.map(({ bytes, ...slot }) => ({ ...slot, bytes: bytes.toString("hex") }))),
    );
    expect([2, 77].map((uid) => gate.state.users.row(uid))).toEqual(before);
    expect(gate.violations).toEqual([]);
  },
);
