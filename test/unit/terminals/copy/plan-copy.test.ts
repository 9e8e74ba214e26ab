import { describe, expect, test } from "@jest/globals";

import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";

import type { Enrolment, TargetInventory } from "../../../../connector/terminals/copy/inventory.ts";
import { planCopy, type CopyPerson, type CopyWish } from "../../../../connector/terminals/copy/plan-copy.ts";
import { canonicalUserId } from "../../../../connector/terminals/user-id-rules.ts";

type Given = Partial<Omit<Enrolment, "userId">> & { readonly fingers?: Enrolment["fingers"] };

function enrolment(userId: string, given: Given = {}): Enrolment {
  const held = { name: "Lan", card: null, password: null, disabled: false, algorithm: "10", fingers: [] };
  return { userId: UserId.parse(userId), ...held, ...given };
}

function inventory(
  name: string,
  enrolments: readonly Enrolment[],
  given: Partial<TargetInventory> = {},
): TargetInventory {
  return {
    terminal: TerminalName.parse(name),
    idSpace: IdSpaceId.parse("main"),
    fingerprintVersion: "10",
    enrolments,
    canonical: canonicalUserId,
    room: { users: null, fingers: null },
    personOf: new Map(),
    refuseUserId: () => null,
    ...given,
  };
}

function person(userId: string, mayCopyFingers = true): CopyPerson {
  return { personId: PersonId.parse(`HR-EMP-${userId}`), userId: UserId.parse(userId), mayCopyFingers };
}

const thumb = { finger: 0, flag: 1, digest: "a" };
const index = { finger: 6, flag: 1, digest: "b" };
const source = inventory("Gate 1", [enrolment("1", { fingers: [thumb, index] })]);

const nothingElse = { fingers: true, cards: false, passwords: false };

function plan(target: TargetInventory, given: Partial<CopyWish> & { from?: TargetInventory } = {}): unknown[] {
  const { from = source, ...wish } = given;
  return planCopy(from, target, { people: [person("1")], ...nothingElse, ...wish }).map(short);
}

function short({ userId, action, reason, fingers }: PlanItem): unknown {
  return [userId, action, reason, fingers];
}

describe("a copy plan", () => {
  test("adds who is not on the target, with all fingers", () => {
    const [item] = planCopy(source, inventory("Gate 2", []), { people: [person("1")], ...nothingElse });
    expect(item).toEqual({
      personId: "HR-EMP-1",
      userId: "1",
      newUserId: null,
      terminal: "Gate 2",
      action: "add",
      reason: null,
      details: {},
      fingers: [0, 6],
    });
  });

  test("adds only the fingers that are missing", () => {
    expect(plan(inventory("Gate 2", [enrolment("1", { fingers: [thumb] })]))).toEqual([["1", "update", null, [6]]]);
  });

  test("writes a finger again whose flag differs", () => {
    const duress = enrolment("1", { fingers: [thumb, { ...index, flag: 3 }] });
    expect(plan(inventory("Gate 2", [duress]))).toEqual([["1", "update", null, [6]]]);
  });

  test("leaves alone what is the same, and fingers that only the target has", () => {
    const held = [thumb, index, { finger: 9, flag: 1, digest: "c" }];
    expect(plan(inventory("Gate 2", [enrolment("1", { fingers: held })]))).toEqual([["1", "same", null, []]]);
  });

  test("never overwrites another finger", () => {
    const other = enrolment("1", { fingers: [{ ...thumb, digest: "z" }] });
    expect(plan(inventory("Gate 2", [other]))).toEqual([["1", "conflict", "copy.finger-differs", []]]);
  });

  test("refuses who is not enrolled on the source", () => {
    expect(plan(inventory("Gate 2", []), { people: [person("9")] })).toEqual([
      ["9", "refused", "copy.not-enrolled", []],
    ]);
  });

  test("refuses fingers without a consent on record", () => {
    const people = [person("1", false)];
    expect(plan(inventory("Gate 2", []), { people })).toEqual([["1", "refused", "consent.missing", []]]);
  });

  test("needs no consent where no fingers travel", () => {
    expect(plan(inventory("Gate 2", []), { people: [person("1", false)], fingers: false })).toEqual([
      ["1", "add", null, []],
    ]);
  });

  test("refuses an ID that nobody is linked to", () => {
    const people = [{ ...person("1"), personId: null }];
    expect(plan(inventory("Gate 2", []), { people })).toEqual([["1", "refused", "copy.not-linked", []]]);
  });

  test("takes a flag that was not told for the same", () => {
    const untold = enrolment("1", { fingers: [thumb, { ...index, flag: null }] });
    expect(plan(inventory("Gate 2", [untold]))).toEqual([["1", "same", null, []]]);
  });

  test("takes 007 and 7 for one user of one company", () => {
    const from = inventory("Gate 1", [enrolment("007", { fingers: [thumb] })]);
    const target = inventory("Gate 2", [enrolment("7", { fingers: [thumb] })]);
    expect(plan(target, { from, people: [person("007")] })).toEqual([["007", "same", null, []]]);
  });

  test("copies from the vault whatever the ID space, because it knows the people", () => {
    const vault = { ...source, idSpace: null };
    const target = inventory("Gate 2", [], { idSpace: IdSpaceId.parse("branch") });
    expect(planCopy(vault, target, { people: [person("1")], ...nothingElse }).map(short)).toEqual([
      ["1", "add", null, [0, 6]],
    ]);
  });

  test("refuses another ID space, where the same ID may be somebody else", () => {
    const target = inventory("Gate 2", [], { idSpace: IdSpaceId.parse("branch") });
    expect(plan(target)).toEqual([["1", "refused", "copy.other-id-space", []]]);
  });

  test.each([["9"], [null]])("cannot carry fingers to a terminal with algorithm %p", (fingerprintVersion) => {
    const target = inventory("Gate 2", [], { fingerprintVersion });
    expect(plan(target)).toEqual([["1", "incompatible", "copy.other-algorithm", []]]);
  });

  test("takes two unknown algorithms for different ones", () => {
    const unknown = { fingerprintVersion: null };
    const from = inventory("Gate 1", [enrolment("1", { algorithm: null, fingers: [thumb] })], unknown);
    expect(plan(inventory("Gate 2", [], unknown), { from })).toEqual([
      ["1", "incompatible", "copy.other-algorithm", []],
    ]);
  });

  test("says why the target cannot hold the ID", () => {
    const details = { userId: "1", max: 9, proposal: "12" };
    const target = inventory("Gate 2", [], { refuseUserId: () => ({ code: "terminal.user-id-letters", details }) });
    expect(planCopy(source, target, { people: [person("1")], ...nothingElse })).toMatchObject([
      { action: "incompatible", reason: "terminal.user-id-letters", details },
    ]);
  });
});

describe("a person with two IDs", () => {
  const [old, fresh] = [UserId.parse("1"), UserId.parse("101")];
  const personId = PersonId.parse("HR-EMP-1");
  const personOf = new Map([old, fresh].map((userId) => [userId, personId]));
  const both = [old, fresh].map((userId) => ({ personId, userId, mayCopyFingers: true }));
  const from = inventory("Gate 1", [enrolment("101", { fingers: [thumb] }), enrolment("1", { fingers: [thumb] })]);

  test("gets no finger under the one while the target holds them under the other", () => {
    const target = inventory("Gate 2", [enrolment("1", { fingers: [thumb] })], { personOf });
    expect(planCopy(from, target, { people: both, ...nothingElse })).toMatchObject([
      { userId: "1", action: "same" },
      { userId: "101", action: "conflict", reason: "copy.other-id-here", details: { otherId: "1" }, fingers: [] },
    ]);
  });

  test("is brought under one of them, where the target knows neither", () => {
    const target = inventory("Gate 2", [], { personOf });
    expect(plan(target, { from, people: both })).toEqual([
      ["1", "add", null, [0]],
      ["101", "conflict", "copy.other-id-here", []],
    ]);
  });

  test("is left alone where the target holds both as the source does", () => {
    const target = inventory("Gate 2", from.enrolments, { personOf });
    expect(plan(target, { from, people: both })).toEqual([
      ["1", "same", null, []],
      ["101", "same", null, []],
    ]);
  });

  test("is one and the same under 007 and 7", () => {
    const target = inventory("Gate 2", [enrolment("7")], { personOf: new Map([[UserId.parse("7"), personId]]) });
    const source7 = inventory("Gate 1", [enrolment("007", { fingers: [thumb] })]);
    const people = [{ personId, userId: UserId.parse("007"), mayCopyFingers: true }];
    expect(plan(target, { from: source7, people })).toEqual([["007", "update", null, [0]]]);
  });
});

describe("IDs that may mean two people", () => {
  const finger = (digest: string) => ({ finger: 0, flag: 1, digest });

  test("are refused where two users of the source share one", () => {
    const from = inventory("Gate 1", [enrolment("1", { fingers: [thumb] }), enrolment("1", { fingers: [index] })]);
    expect(plan(inventory("Gate 2", []), { from })).toEqual([["1", "conflict", "terminal.user-id-taken", []]]);
  });

  test("are refused where two users of the target share one", () => {
    const target = inventory("Gate 2", [enrolment("1"), enrolment("1")]);
    expect(plan(target)).toEqual([["1", "conflict", "terminal.user-id-taken", []]]);
  });

  test("007 and 7 are two people to firmware with letters and one to the others", () => {
    const from = inventory("Gate 1", [
      enrolment("007", { fingers: [finger("a")] }),
      enrolment("7", { fingers: [finger("b")] }),
    ]);
    const people = [person("007"), person("7")];
    expect(plan(inventory("Gate 2", [], { canonical: (userId) => userId }), { from, people })).toEqual([
      ["007", "add", null, [0]],
      ["7", "add", null, [0]],
    ]);
    expect(plan(inventory("Gate 2", []), { from, people })).toEqual([
      ["007", "add", null, [0]],
      ["7", "conflict", "plan.id-taken", []],
    ]);
  });

  test("an ID that the target gives to somebody else is theirs", () => {
    const target = inventory("Gate 2", [enrolment("1")], {
      personOf: new Map([[UserId.parse("1"), PersonId.parse("HR-EMP-9")]]),
    });
    expect(plan(target)).toEqual([["1", "conflict", "plan.id-taken", []]]);
  });
});

describe("room on the target", () => {
  const from = inventory(
    "Gate 1",
    ["1", "2", "3"].map((userId) => enrolment(userId, { fingers: [{ ...thumb, digest: userId }] })),
  );
  const people = [person("1"), person("2"), person("3")];

  test("is handed out in the order of the people", () => {
    const target = inventory("Gate 2", [], { room: { users: 2, fingers: 9 } });
    expect(plan(target, { from, people })).toEqual([
      ["1", "add", null, [0]],
      ["2", "add", null, [0]],
      ["3", "full", "copy.users-full", []],
    ]);
  });

  test("counts fingers too, and what does not fit takes none of it", () => {
    const many = inventory("Gate 1", [enrolment("1", { fingers: [thumb, index] }), ...from.enrolments.slice(1)]);
    const target = inventory("Gate 2", [], { room: { users: 9, fingers: 1 } });
    expect(plan(target, { from: many, people })).toEqual([
      ["1", "full", "copy.fingers-full", []],
      ["2", "add", null, [0]],
      ["3", "full", "copy.fingers-full", []],
    ]);
  });

  test("is not needed for who is there already", () => {
    const target = inventory("Gate 2", from.enrolments, { room: { users: 0, fingers: 0 } });
    expect(plan(target, { from, people })).toEqual(people.map(({ userId }) => [userId, "same", null, []]));
  });
});

describe("passwords", () => {
  const from = inventory("Gate 1", [enrolment("1", { password: "p" })]);

  test("travel only when the operator says so", () => {
    expect(plan(inventory("Gate 2", [enrolment("1")]), { from })).toEqual([["1", "same", null, []]]);
    expect(plan(inventory("Gate 2", [enrolment("1")]), { from, passwords: true })).toEqual([["1", "update", null, []]]);
  });

  test("never replace another one", () => {
    const target = inventory("Gate 2", [enrolment("1", { password: "q" })]);
    expect(plan(target, { from, passwords: true })).toEqual([["1", "conflict", "copy.password-differs", []]]);
  });

  test("are left alone where they are the same", () => {
    const target = inventory("Gate 2", [enrolment("1", { password: "p" })]);
    expect(plan(target, { from, passwords: true })).toEqual([["1", "same", null, []]]);
  });
});

describe("cards", () => {
  const from = inventory("Gate 1", [enrolment("1", { card: "70000" }), enrolment("2", { card: "70000" })]);

  test("travel only when the operator says so", () => {
    const target = inventory("Gate 2", [enrolment("1")]);
    expect(plan(target, { from })).toEqual([["1", "same", null, []]]);
    expect(plan(target, { from, cards: true })).toEqual([["1", "update", null, []]]);
  });

  test("never replace another one", () => {
    const target = inventory("Gate 2", [enrolment("1", { card: "5" })]);
    expect(plan(target, { from, cards: true })).toEqual([["1", "conflict", "copy.card-differs", []]]);
  });

  test("are never given to two users", () => {
    const target = inventory("Gate 2", [enrolment("5", { card: "70000" })]);
    const people = [person("1")];
    expect(plan(target, { from, people, cards: true })).toEqual([["1", "conflict", "terminal.card-taken", []]]);
  });

  test("are never given to two users of one plan", () => {
    const people = [person("1"), person("2")];
    expect(plan(inventory("Gate 2", []), { from, people, cards: true })).toEqual([
      ["1", "add", null, []],
      ["2", "conflict", "terminal.card-taken", []],
    ]);
  });
});
