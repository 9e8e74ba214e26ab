import { describe, expect, test } from "@jest/globals";

import { LocalDate, LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { type Employment, holdReason } from "../../../connector/delivery/hold-reason.ts";

const day = (text: string | null) => (text === null ? null : LocalDate.parse(text));

function reasonFor(at: string, person: Partial<Record<keyof Employment, string | null>> | null): string | null {
  const { status = "active", joined = null, left = null } = person ?? {};
  return holdReason({
    at: LocalDateTime.parse(at),
    latest: LocalDateTime.parse("2026-11-24T12:05:00"),
    person: person === null ? null : { status: status as Employment["status"], joined: day(joined), left: day(left) },
  });
}

const NOON = "2026-11-24T12:00:00";

describe("a punch is held", () => {
  test.each([
    ["unknown-person", NOON, null],
    ["person-inactive", NOON, { status: "inactive" }],
    ["person-suspended", NOON, { status: "suspended" }],
    ["person-left", NOON, { status: "left" }],
    ["person-left", NOON, { status: "left", left: "2026-11-23" }],
    ["after-leaving", NOON, { left: "2026-11-23" }],
    ["before-joining", NOON, { joined: "2026-11-25" }],
    ["future", "2026-11-24T12:05:01", {}],
    ["future", "2030-01-01T00:00:00", {}],
  ])("as %s", (reason, at, person) => {
    expect(reasonFor(at, person)).toBe(reason);
  });
});

describe("a punch is sent", () => {
  test.each([
    ["of an active person", NOON, {}],
    ["on the first day", "2026-11-24T00:00:00", { joined: "2026-11-24" }],
    ["on the last day of somebody who has left", "2026-11-24T11:59:59", { status: "left", left: "2026-11-24" }],
    ["of a day before the leaving, read late", "2026-06-15T08:00:00", { status: "left", left: "2026-06-30" }],
    ["up to five minutes ahead of this PC's clock", "2026-11-24T12:05:00", {}],
  ])("%s", (_, at, person) => {
    expect(reasonFor(at, person)).toBeNull();
  });
});
