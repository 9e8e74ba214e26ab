import { expect, test } from "@jest/globals";

import { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";

import { type MoveInventory, type MovingPerson, planMove } from "../../../../connector/terminals/move/plan-move.ts";

const ids = (...userIds: string[]): UserId[] => userIds.map((userId) => UserId.parse(userId));

function person(given: Partial<MovingPerson> = {}): MovingPerson {
  return { personId: PersonId.parse("A"), oldIds: ids("7"), newIds: ids("9007"), mayUseFingers: true, ...given };
}

function plan(given: Partial<MovingPerson> = {}, held: Partial<MoveInventory> = {}): unknown[] {
  const inventory: MoveInventory = {
    terminal: TerminalName.parse("Gate"),
    userIds: ids("7", "8"),
    fingers: new Map([[UserId.parse("7"), [1, 6]]]),
    room: { users: null, fingers: null },
    refuseUserId: () => null,
    ...held,
  };
  return planMove(inventory, [person(given)]).map(({ userId, newUserId, action, reason, fingers }) => [
    userId,
    newUserId,
    action,
    reason,
    fingers,
  ]);
}

test("whoever is there under the old ID moves to the new one, with all fingers", () => {
  expect(plan()).toEqual([["7", "9007", "move", null, [1, 6]]]);
});

test("whoever is at the new ID already stays", () => {
  expect(plan({}, { userIds: ids("9007") })).toEqual([[null, "9007", "same", null, []]]);
});

test.each<[string, Partial<MovingPerson>, Partial<MoveInventory>, unknown[]]>([
  ["no new ID is linked", { newIds: [] }, {}, ["7", null, "refused", "plan.no-new-id", []]],
  ["no old ID is there", {}, { userIds: ids("8") }, [null, "9007", "refused", "plan.no-old-id", []]],
  ["two old IDs are there", { oldIds: ids("7", "8") }, {}, ["7", "9007", "refused", "plan.several-ids", []]],
  ["two new IDs are linked", { newIds: ids("9007", "9008") }, {}, ["7", "9007", "refused", "plan.several-ids", []]],
  ["somebody has the new ID", { newIds: ids("8") }, {}, ["7", "8", "conflict", "plan.id-taken", []]],
  ["only zeros would change", { newIds: ids("007") }, {}, ["7", "007", "conflict", "plan.id-taken", []]],
  ["they did not agree", { mayUseFingers: false }, {}, ["7", "9007", "refused", "consent.missing", []]],
  ["the list is full", {}, { room: { users: 0, fingers: 9 } }, ["7", "9007", "full", "copy.users-full", []]],
  ["fingers have no room", {}, { room: { users: 9, fingers: 1 } }, ["7", "9007", "full", "copy.fingers-full", []]],
])("nobody moves where %s", (_, given, held, expected) => {
  expect(plan(given, held)).toEqual([expected]);
});

test("the terminal's own rules for IDs are told with a proposal", () => {
  const details = { userId: "9007", max: 3, proposal: "9" };
  const refuseUserId = () => ({ code: "terminal.user-id-too-long", details }) as const;
  expect(plan({}, { refuseUserId })).toEqual([["7", "9007", "incompatible", "terminal.user-id-too-long", []]]);
});
