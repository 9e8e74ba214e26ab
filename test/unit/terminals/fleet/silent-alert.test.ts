import { describe, expect, it } from "@jest/globals";

import { unusualSilence } from "../../../../connector/terminals/fleet/silent-alert.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const start = Date.UTC(2026, 10, 2);
/** Punches at 01:00 and 10:00 UTC of each of these days. */
const days = (...numbers: number[]) =>
  numbers.flatMap((number) => [start + number * DAY + HOUR, start + number * DAY + 10 * HOUR]);
const week = days(0, 1, 2, 3, 4, 5, 6);
const last = start + 6 * DAY + 10 * HOUR;

describe("A terminal's silence", () => {
  it("is usual during a night like every other", () => {
    expect(unusualSilence(week, last + 15 * HOUR)).toBeNull();
  });

  it("is unusual when it lasts much longer than its nights", () => {
    expect(unusualSilence(week, last + 23 * HOUR)).toEqual({ silentMs: 23 * HOUR, usualMs: 15 * HOUR });
  });

  it("is usual over a weekend when weekends were always silent", () => {
    const workDays = days(0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18);
    expect(unusualSilence(workDays, start + 21 * DAY + HOUR)).toBeNull();
    expect(unusualSilence(workDays, start + 23 * DAY)).not.toBeNull();
  });

  it("says nothing while too little is known", () => {
    expect(unusualSilence(days(0, 1), start + 30 * DAY)).toBeNull();
    expect(unusualSilence([], start)).toBeNull();
  });

  it("does not hide behind a punch in the future", () => {
    expect(unusualSilence([...week, last + 900 * DAY].reverse(), last + 23 * HOUR)).toMatchObject({
      silentMs: 23 * HOUR,
    });
  });
});
