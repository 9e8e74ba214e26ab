import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";

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

/** As pyzk prints it. */
const seen = (uid: number, finger: number, seed: number) => ({
  ...{ uid, finger, flag: 1, bytes: template(uid, finger, seed).bytes.toString("hex") },
});

test.each([
  [72, "save", "Nguyễn Thị Ánh", [1, 3, 4, 0]],
  [72, "unknown", "Nguyễn Thị Ánh", [1, 3, 4, 0]],
  [28, "unknown", "Ánh", [3]],
] as const)(
  "pyzk reads what was copied in rows of %i bytes (bulk upload: %s), and what was there before untouched",
  async (user, bulkUpload, name, zones) => {
    await bench.terminal("Gate", {
      rowSizes: { user },
      users: [
        { uid: 1, userId: "1", name, card: 4_294_967_295, privilege: 14, group: 9, timeZones: [7] },
        { uid: 2, userId: "2", name: "Lan", privilege: 1 },
        { uid: 3, userId: "3", name: "Hoa" },
        { uid: 4, userId: "4", name: "Binh" },
      ],
      templates: [
        ...[template(1, 0, 10), template(1, 6, 16), template(2, 1, 21)],
        ...[template(3, 4, 34), template(3, 5, 35), template(4, 0, 40)],
      ],
    });
    // Slots, groups and time zones of their own: 3 gets a second finger, 4 a first one, and 77 is nobody's business.
    const hall = await bench.terminal("Hall", {
      rowSizes: { user },
      modes: { bulkUpload },
      users: [
        { uid: 1, userId: "77", name: "Dung", card: 222, privilege: 14, group: 5, timeZones: [3, 4], password: "1234" },
        { uid: 9, userId: "3", name: "Hoa cu", card: 333, group: 5, timeZones: [3, 4] },
        { uid: 8, userId: "4", name: "Binh cu", card: 444, group: 5, timeZones: [3, 4] },
      ],
      templates: [template(1, 2, 770), template(9, 4, 34)],
    });
    const before = [1, 8, 9].map((uid) => hall.state.users.row(uid));
    await bench.hire(4);

    const { applied } = await bench.copy({ from: "Gate", to: ["Hall"], cards: true });

    expect(results(applied)).toEqual(["1", "2", "3", "4"].map((id) => `${id} Hall: verified`));
    const { users, templates } = await runPyzk<Enrolments>("pyzk_enrolments.py", String(hall.port), "tcp");
    const byUid = (one: { readonly uid: number }, other: { readonly uid: number }): number => one.uid - other.uid;
    const theirs = { group: 5, timeZones: [...zones] };
    const fresh = { group: 1, timeZones: zones.map(() => 0), password: "" };
    expect([...users].sort(byUid)).toEqual([
      { uid: 1, userId: "77", name: "Dung", privilege: 14, card: 222, password: "1234", ...theirs },
      { uid: 8, userId: "4", name: "Binh cu", privilege: 0, card: 444, password: "", ...theirs },
      { uid: 9, userId: "3", name: "Hoa cu", privilege: 0, card: 333, password: "", ...theirs },
      // Nobody becomes an administrator by being copied; a locked account stays locked.
      { uid: 10, userId: "1", name, privilege: 0, card: 4_294_967_295, ...fresh },
      { uid: 11, userId: "2", name: "Lan", privilege: 1, card: 0, ...fresh },
    ]);
    expect([...templates].sort(byUid)).toEqual([
      seen(1, 2, 770),
      seen(8, 0, 40),
      seen(9, 4, 34),
      seen(9, 5, 35),
      seen(10, 0, 10),
      seen(10, 6, 16),
      seen(11, 1, 21),
    ]);
    expect([1, 8, 9].map((uid) => hall.state.users.row(uid))).toEqual(before);
    expect(hall.violations).toEqual([]);
  },
);
