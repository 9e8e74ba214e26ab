import { describe, expect, it } from "@jest/globals";

import { instantOf } from "../../../../connector/platform/clock.ts";
import { daysUntilFull } from "../../../../connector/terminals/fleet/capacity-forecast.ts";

const day = (number: number) => instantOf(Date.UTC(2026, 10, number));
const counts = (...pairs: (readonly [number, number])[]) => pairs.map(([at, punches]) => ({ at: day(at), punches }));

describe("The days until a log is full", () => {
  it("follow from the pace so far", () => {
    expect(daysUntilFull(counts([1, 1000], [11, 2000]), 3000)).toBe(10);
  });

  it("are rounded down, so that the warning comes early", () => {
    expect(daysUntilFull(counts([1, 0], [3, 3]), 10)).toBe(4);
  });

  it("do not depend on the order of the counts", () => {
    expect(daysUntilFull(counts([11, 2000], [1, 1000]), 3000)).toBe(10);
  });

  it("count from the last time the log was emptied", () => {
    expect(daysUntilFull(counts([1, 90_000], [10, 95_000], [11, 0], [13, 20]), 100)).toBe(8);
  });

  it("are none when the log is full", () => {
    expect(daysUntilFull(counts([1, 100], [2, 100]), 100)).toBe(0);
  });

  it("are unknown without a capacity, without growth, and with less than a day of counts", () => {
    expect(daysUntilFull(counts([1, 0], [3, 3]), null)).toBeNull();
    expect(daysUntilFull(counts([1, 0], [3, 3]), 0)).toBeNull();
    expect(daysUntilFull(counts([1, 3], [3, 3]), 10)).toBeNull();
    expect(daysUntilFull(counts([1, 3]), 10)).toBeNull();
    expect(daysUntilFull([], 10)).toBeNull();
  });
});
