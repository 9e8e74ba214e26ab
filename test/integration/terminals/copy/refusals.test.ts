import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { CATALOGUES, errorText, type Language } from "@tandem/contracts/catalogue/index.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";
import type { ErrorCode } from "@tandem/contracts/errors.ts";

import { replyError } from "../../../../connector/cli/reply-error.ts";
import { ZkTerminal } from "../../../doubles/zk-terminal/index.ts";
import { generateTemplate } from "../../../doubles/zk-terminal/samples/templates.ts";
import { holdings, PlanBench, results, staff, summary } from "../../../support/plan-bench.ts";

type Given = NonNullable<Parameters<typeof ZkTerminal.start>[0]>;

/** One refusal that an operator may meet: how it comes about, and what the plan says then. */
interface Refusal {
  readonly code: ErrorCode;
  readonly action: PlanItem["action"];
  /** Of the person at the gate; `1` where nothing is said. */
  readonly userId?: string;
  readonly card?: number;
  readonly hall?: Given;
  readonly facts?: object;
  /** What must stand in the text, besides its own words. */
  readonly names?: readonly string[];
}

const LETTERS = { options: { "~IsABCPinEnable": "1", "~PIN2Width": "14" } };
const OTHERS = staff(1, 50);

const PREVIEWED: Readonly<Record<string, Refusal>> = {
  "an ID that is too long": {
    ...{ code: "terminal.user-id-too-long", action: "incompatible", userId: "123456789" },
    hall: { options: { "~PIN2Width": "5" } },
    names: ["123456789", "5"],
  },
  "letters in an ID": {
    ...{ code: "terminal.user-id-letters", action: "incompatible", userId: "NV-12" },
    names: ["NV-12", "12"],
  },
  "fingerprints of another algorithm": {
    ...{ code: "copy.other-algorithm", action: "incompatible" },
    hall: { options: { "~ZKFPVersion": "9" } },
  },
  "no room for another user": {
    ...{ code: "copy.users-full", action: "full" },
    hall: { ...OTHERS, capacity: { users: 1 } },
  },
  "no room for another finger": {
    ...{ code: "copy.fingers-full", action: "full" },
    hall: { ...OTHERS, capacity: { fingers: 1 } },
  },
  "a card that somebody else has": {
    ...{ code: "terminal.card-taken", action: "conflict", card: 77 },
    hall: { users: [{ uid: 50, userId: "50", name: "Hoa", card: 77 }] },
  },
  "another fingerprint in the same place": {
    ...{ code: "copy.finger-differs", action: "conflict" },
    hall: {
      users: [{ uid: 9, userId: "1", name: "Hoa" }],
      templates: [{ uid: 9, finger: 1, flag: 1, bytes: generateTemplate(999) }],
    },
  },
  "somebody who is there under another ID": {
    ...{ code: "copy.other-id-here", action: "conflict" },
    hall: staff(1, 101),
    names: ["101"],
  },
  "a missing key": { code: "terminal.key-required", action: "refused", hall: { commKey: 123 } },
  "a wrong key": { code: "terminal.wrong-key", action: "refused", hall: { commKey: 123 }, facts: { commKey: 321 } },
  "secured firmware": {
    ...{ code: "terminal.secured-firmware", action: "refused" },
    hall: { modes: { connect: "secured" } },
  },
  "an access panel": {
    ...{ code: "terminal.panel-protocol", action: "refused" },
    hall: { modes: { connect: "panel" } },
  },
  "shadow mode": { code: "terminal.shadow-mode", action: "refused", facts: { mode: "shadow" } },
  "another ID space": { code: "copy.other-id-space", action: "refused", facts: { idSpace: "branch" } },
};

/** What may change on a terminal between the preview and the copy, and the code that the plan ends with. */
const CHANGED: readonly (readonly [string, ErrorCode, (hall: ZkTerminal) => unknown])[] = [
  ["its IDs became shorter", "terminal.user-id-too-long", ({ state }) => state.options.set("~PIN2Width", "5")],
  [
    "its fingerprints are of another algorithm",
    "copy.other-algorithm",
    ({ state }) => state.options.set("~ZKFPVersion", "9"),
  ],
  ["it is full", "terminal.user-capacity", ({ state }) => state.addUser({ userId: "50", name: "Bình" })],
  [
    "somebody got the card",
    "terminal.card-taken",
    ({ state }) => state.addUser({ uid: 7, userId: "7", name: "Hoa", card: 77 }),
  ],
  [
    "somebody enrolled another finger",
    "terminal.finger-taken",
    ({ state }) => {
      state.addUser({ uid: 9, userId: "123456", name: "Lan" });
      state.templates.put({ uid: 9, finger: 1, flag: 1, bytes: generateTemplate(999) });
    },
  ],
  [
    "the person got another ID",
    "copy.other-id-here",
    ({ state }) => state.addUser({ uid: 9, userId: "101", name: "Lan" }),
  ],
  ["it was switched off", "terminal.unreachable", (hall) => hall.stop()],
  ["its firmware was secured", "terminal.secured-firmware", (hall) => hall.set({ connect: "secured" })],
  [
    "another device has its address",
    "terminal.serial-changed",
    ({ state }) => state.options.set("~SerialNumber", "B2"),
  ],
];

let bench: PlanBench;

beforeEach(async () => {
  bench = await PlanBench.open();
});

afterEach(() => bench.close());

/** Somebody who is enrolled at the gate, whom the HR app knows and who agreed. */
async function enrol(userId = "1", card = 0): Promise<void> {
  const [finger] = staff(1).templates;
  await bench.terminal("Gate", {
    ...LETTERS,
    users: [{ uid: 1, userId, name: "Lan", card }],
    templates: finger === undefined ? [] : [finger],
  });
  await bench.hire(1, { link: false });
  await bench.link(userId, "HR-EMP-1");
  await bench.link("101", "HR-EMP-1", { scheme: "new" });
}

/** What a person reads about it in one language. */
function read(language: Language, item: PlanItem, code: string | null): { text: string; next: string } {
  const error = replyError(code, { name: item.terminal, userId: item.userId, ...item.details });
  return errorText(language, error.code, error.details);
}

function expectTold(item: PlanItem, code: ErrorCode, names: readonly string[] = []): void {
  for (const language of ["vi", "en"] as const) {
    const { text, next } = read(language, item, code);
    for (const name of names) expect(`${text} ${next}`).toContain(name);
    // Nothing is left open, and there is always something to do next.
    expect(`${text} ${next}`).not.toMatch(/[{}]/);
    expect(next.length).toBeGreaterThan(15);
    expect([text, next]).not.toContain(CATALOGUES[language].errors["internal.unexpected"].text);
  }
}

describe("the preview of a copy", () => {
  test.each(Object.entries(PREVIEWED))(
    "refuses %s with its own code, says what to do, and writes nothing",
    async (_, refusal) => {
      const { code, action, userId = "1", card, hall: given, facts, names } = refusal;
      await enrol(userId, card);
      const hall = await bench.terminal("Hall", given, facts);
      const before = holdings(hall);
      const { preview, applied } = await bench.copy({ from: "Gate", to: ["Hall"], cards: card !== undefined });
      expect(summary(preview)).toEqual([`${userId} Hall: ${action} ${code}`]);
      expect(results(applied)).toEqual([`${userId} Hall: skipped ${code}`]);
      expect(holdings(hall)).toEqual(before);
      for (const item of preview) expectTold(item, code, names);
    },
  );

  test("refuses a terminal that is switched off, by its address", async () => {
    await enrol();
    const hall = await bench.terminal("Hall");
    await hall.stop();
    const { preview } = await bench.copy({ from: "Gate", to: ["Hall"] });
    expect(summary(preview)).toEqual(["1 Hall: refused terminal.unreachable"]);
    for (const item of preview) expectTold(item, "terminal.unreachable", [hall.address]);
  });

  test("has a code of its own for each of them", () => {
    const codes = Object.values(PREVIEWED).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const language of ["vi", "en"] as const) {
      const texts = codes.map((code) => CATALOGUES[language].errors[code].text);
      expect(new Set(texts).size).toBe(codes.length);
    }
  });
});

describe("a copy to a terminal that has changed since the preview", () => {
  test.each(CHANGED)("because %s fails with %s, says what to do, and writes nothing", async (_, code, change) => {
    await enrol("123456", 77);
    const hall = await bench.terminal("Hall", {
      users: [{ uid: 7, userId: "7", name: "Hoa" }],
      capacity: { users: 2 },
    });
    const plan = await bench.plan({ from: "Gate", to: ["Hall"], cards: true });
    await change(hall);
    const before = holdings(hall);
    const items = await bench.apply(plan);
    expect(results(items)).toEqual([`123456 Hall: failed ${code}`]);
    expect(holdings(hall)).toEqual(before);
    for (const item of items) expectTold(item, code);
  });
});
