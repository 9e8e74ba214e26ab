import { describe, expect, test } from "@jest/globals";

import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";

import type { Enrolment, Inventory } from "../../../../connector/terminals/copy/inventory.ts";
import { planCopy, type CopyItem, type CopyPerson } from "../../../../connector/terminals/copy/plan-copy.ts";

type Given = Partial<Omit<Enrolment, "userId">> & { readonly fingers?: Enrolment["fingers"] };

function enrolment(userId: string, given: Given = {}): Enrolment {
  return { userId: UserId.parse(userId), name: "Lan", card: null, privilege: 0, group: 1, fingers: [], ...given };
}

function inventory(name: string, enrolments: readonly Enrolment[], given: Partial<Inventory> = {}): Inventory {
  return {
    terminal: TerminalName.parse(name),
    idSpace: IdSpaceId.parse("main"),
    fingerprintVersion: "10",
    enrolments,
    room: { users: null, fingers: null },
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

function plan(
  target: Inventory,
  given: { from?: Inventory; people?: CopyPerson[]; withCards?: boolean } = {},
): unknown[] {
  const { from = source, people = [person("1")], withCards = false } = given;
  return planCopy(from, target, { people, withCards }).map(short);
}

function short({ userId, action, reason, fingers }: CopyItem): unknown {
  return [userId, action, reason, fingers];
}

describe("a copy plan", () => {
  test("adds who is not on the target, with all fingers", () => {
    const [item] = planCopy(source, inventory("Gate 2", []), { people: [person("1")], withCards: false });
    expect(item).toEqual({
      personId: "HR-EMP-1",
      userId: "1",
      terminal: "Gate 2",
      action: "add",
      reason: null,
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

  test("needs no consent for a user without fingers", () => {
    const from = inventory("Gate 1", [enrolment("1")]);
    expect(plan(inventory("Gate 2", []), { from, people: [person("1", false)] })).toEqual([["1", "add", null, []]]);
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
    const from = inventory("Gate 1", source.enrolments, unknown);
    expect(plan(inventory("Gate 2", [], unknown), { from })).toEqual([
      ["1", "incompatible", "copy.other-algorithm", []],
    ]);
  });

  test("says why the target cannot hold the ID", () => {
    const target = inventory("Gate 2", [], { refuseUserId: () => "terminal.user-id-letters" });
    expect(plan(target)).toEqual([["1", "incompatible", "terminal.user-id-letters", []]]);
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

describe("cards", () => {
  const from = inventory("Gate 1", [enrolment("1", { card: "70000" }), enrolment("2", { card: "70000" })]);

  test("travel only when the operator says so", () => {
    const target = inventory("Gate 2", [enrolment("1")]);
    expect(plan(target, { from })).toEqual([["1", "same", null, []]]);
    expect(plan(target, { from, withCards: true })).toEqual([["1", "update", null, []]]);
  });

  test("are never given to two users", () => {
    const target = inventory("Gate 2", [enrolment("5", { card: "70000" })]);
    const people = [person("1")];
    expect(plan(target, { from, people, withCards: true })).toEqual([["1", "conflict", "terminal.card-taken", []]]);
  });

  test("are never given to two users of one plan", () => {
    const people = [person("1"), person("2")];
    expect(plan(inventory("Gate 2", []), { from, people, withCards: true })).toEqual([
      ["1", "add", null, []],
      ["2", "conflict", "terminal.card-taken", []],
    ]);
  });
});
