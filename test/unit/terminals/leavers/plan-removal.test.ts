import { expect, test } from "@jest/globals";

import { IdLink } from "@tandem/contracts/domain/id-link.ts";
import { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { Person } from "@tandem/contracts/domain/person.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { planRemoval } from "../../../../connector/terminals/leavers/plan-removal.ts";

const gate = TerminalName.parse("Gate");

function person(personId: string, given: object = {}): [PersonId, Person] {
  const rest = { department: null, branch: null, joined: null, employeeNumber: null, deviceId: null };
  const parsed = Person.parse({ personId, name: "Lan", status: "left", left: "2026-11-01", ...rest, ...given });
  return [parsed.personId, parsed];
}

function link(userId: string, personId: string, given: object = {}): IdLink {
  const rest = { id: `${userId}-${personId}`, setBy: "cli", setAt: "2026-01-01T00:00:00.000Z", why: "" };
  return IdLink.parse({
    ...rest,
    idSpace: "main",
    userId,
    personId,
    scheme: "old",
    validFrom: null,
    validTo: null,
    ...given,
  });
}

function plan(
  people: readonly [PersonId, Person][],
  links: readonly IdLink[],
  named: readonly string[] | null = null,
  lastPunch: ReadonlyMap<UserId, LocalDate> = new Map(),
): unknown[] {
  const facts = { people: new Map(people), links, today: LocalDate.parse("2026-11-24"), afterDays: 7, lastPunch };
  const whom = named === null ? null : new Set(named.map((personId) => PersonId.parse(personId)));
  return planRemoval(gate, [UserId.parse("7")], facts, whom).map(({ personId, action, reason, details }) => [
    personId,
    action,
    reason,
    details,
  ]);
}

test("whoever left longer ago than the delay is removed", () => {
  expect(plan([person("A")], [link("7", "A")])).toEqual([["A", "remove", null, {}]]);
});

test("the day itself counts", () => {
  expect(plan([person("A", { left: "2026-11-17" })], [link("7", "A")])).toEqual([["A", "remove", null, {}]]);
});

test("before the delay is over, the day of removal is told", () => {
  expect(plan([person("A", { left: "2026-11-18" })], [link("7", "A")])).toEqual([
    ["A", "refused", "plan.too-early", { from: "2026-11-25" }],
  ]);
});

test("without a last day nobody is removed", () => {
  expect(plan([person("A", { left: null })], [link("7", "A")])).toEqual([["A", "refused", "plan.no-leaving-date", {}]]);
});

test.each(["active", "inactive", "suspended"])(
  "somebody who is %s is never selected, and refused when named",
  (status) => {
    const people = [person("A", { status, left: "2020-01-01" })];
    expect(plan(people, [link("7", "A")])).toEqual([]);
    expect(plan(people, [link("7", "A")], ["A"])).toEqual([["A", "refused", "plan.person-active", {}]]);
  },
);

test("an ID that was given on is its new owner's", () => {
  const links = [link("7", "A", { validTo: "2026-01-31" }), link("7", "B", { validFrom: "2026-02-01" })];
  const people = [person("A"), person("B", { status: "active", left: null })];
  expect(plan(people, links)).toEqual([]);
  expect(plan(people, links, ["A"])).toEqual([]);
});

test("an ID that will be somebody's is theirs already", () => {
  const links = [link("7", "A", { validTo: "2026-11-30" }), link("7", "B", { validFrom: "2026-12-01" })];
  const people = [person("A"), person("B", { status: "active", left: null })];
  expect(plan(people, links)).toEqual([]);
});

test("an ID whose link is over belongs to whom it was linked last", () => {
  const links = [
    link("7", "B", { validTo: "2025-01-31" }),
    link("7", "A", { validFrom: "2025-02-01", validTo: "2026-11-01" }),
  ];
  const people = [person("A"), person("B", { status: "active", left: null })];
  expect(plan(people, links)).toEqual([["A", "remove", null, {}]]);
});

test("an ID that nobody is linked to is left alone", () => {
  expect(plan([person("A")], [])).toEqual([]);
  expect(plan([person("A")], [link("8", "A")], ["A"])).toEqual([]);
});

test("an ID linked to somebody whom nobody knows is left alone", () => {
  expect(plan([], [link("7", "A")])).toEqual([]);
});

test("an ID that punched after its owner's last day may be somebody else's", () => {
  const punched = new Map([[UserId.parse("7"), LocalDate.parse("2026-11-02")]]);
  expect(plan([person("A")], [link("7", "A")], null, punched)).toEqual([
    ["A", "refused", "plan.still-punching", { day: "2026-11-02" }],
  ]);
  const before = new Map([[UserId.parse("7"), LocalDate.parse("2026-11-01")]]);
  expect(plan([person("A")], [link("7", "A")], null, before)).toEqual([["A", "remove", null, {}]]);
});
