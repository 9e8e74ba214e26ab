import { describe, expect, it } from "@jest/globals";

import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { habitOf, unusualSilence } from "../../../../connector/terminals/fleet/silent-alert.ts";

const DAY_MS = 86_400_000;
const at = (text: string) => LocalDateTime.parse(text);

/** Punches at these hours on each working day (Monday to Friday) from one day to another. */
function workdays(from: string, to: string, hours: readonly number[] = [7, 12, 17]): LocalDateTime[] {
  const days: string[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY_MS) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days.flatMap((day) => hours.map((hour) => at(`${day}T${String(hour).padStart(2, "0")}:58:12`)));
}

/** The silence at a moment after these punches. */
function silence(punches: readonly (LocalDateTime | null)[], now: string) {
  const habit = habitOf(punches, at(now));
  return habit === null ? null : unusualSilence(habit, at(now));
}

// Monday 2 November to Friday 27 November 2026: four working weeks.
const MONTH = workdays("2026-11-02", "2026-11-27");

describe("A terminal's silence", () => {
  it("is usual at night and over a weekend", () => {
    expect(silence(MONTH, "2026-11-28T03:00:00")).toBeNull();
    expect(silence(MONTH, "2026-11-29T23:00:00")).toBeNull();
    expect(silence(MONTH, "2026-11-30T07:59:00")).toBeNull();
  });

  it("is unusual when two of its usual hours have passed without a punch", () => {
    expect(silence(MONTH, "2026-11-30T12:59:59")).toBeNull();
    expect(silence(MONTH, "2026-11-30T13:00:00")).toEqual({ since: "2026-11-27T17:58:12", missedHours: 2 });
  });

  it("stays unusual for as long as it lasts", () => {
    expect(silence(MONTH, "2027-02-01T12:00:00")?.missedHours).toBeGreaterThan(50);
  });

  it("is learned from at least three weeks", () => {
    expect(silence(workdays("2026-11-16", "2026-11-27"), "2026-12-03T12:00:00")).toBeNull();
    expect(silence(workdays("2026-11-09", "2026-11-27"), "2026-12-03T12:00:00")).not.toBeNull();
  });

  it("is learned from in spite of a holiday", () => {
    const withHoliday = MONTH.filter((punch) => !punch.startsWith("2026-11-16"));
    expect(silence(withHoliday, "2026-11-30T13:00:00")).not.toBeNull();
  });

  it("is not unusual because somebody once came on a Sunday", () => {
    expect(silence([...MONTH, at("2026-11-22T10:00:00")], "2026-11-29T12:00:00")).toBeNull();
  });

  it("is not ended by punches of a clock that runs ahead or shows no time", () => {
    expect(silence([...MONTH, at("2033-01-01T00:00:00"), null], "2026-11-30T13:00:00")).not.toBeNull();
  });

  it("is unknown for an empty log", () => {
    expect(silence([], "2026-11-30T13:00:00")).toBeNull();
    expect(silence([null], "2026-11-30T13:00:00")).toBeNull();
  });

  it("is judged by old habits only up to four weeks before the last punch", () => {
    const nightShift = workdays("2026-09-01", "2026-10-02", [2, 3]);
    expect(silence([...nightShift, ...MONTH], "2026-11-30T07:00:00")).toBeNull();
  });
});
