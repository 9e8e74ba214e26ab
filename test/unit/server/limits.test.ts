import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { FailureBrake } from "../../../connector/server/failure-brake.ts";
import { ReplayWindow } from "../../../connector/server/replay-window.ts";
import { SlidingLimit } from "../../../connector/server/sliding-limit.ts";
import { FakeClock } from "../../support/fake-clock.ts";

describe("SlidingLimit", () => {
  test("allows so many within the window and then refuses", () => {
    const limit = new SlidingLimit(new FakeClock(), 3, 1000);
    expect([1, 2, 3, 4].map(() => limit.take("a"))).toEqual([true, true, true, false]);
  });

  test("allows again as the window moves on, not all at once", () => {
    const clock = new FakeClock();
    const limit = new SlidingLimit(clock, 2, 1000);
    limit.take("a");
    clock.advance(600);
    limit.take("a");
    clock.advance(400);
    expect([limit.take("a"), limit.take("a")]).toEqual([true, false]);
  });

  test("counts each key by itself", () => {
    const limit = new SlidingLimit(new FakeClock(), 1, 1000);
    expect([limit.take("a"), limit.take("b"), limit.take("a")]).toEqual([true, true, false]);
  });
});

describe("FailureBrake", () => {
  test("lets the tenth failure through and then blocks for the whole time", () => {
    const clock = new FakeClock();
    const brake = new FailureBrake(clock, 10, 60_000);
    for (let failure = 1; failure <= 9; failure += 1) brake.countFailure("a");
    expect(brake.secondsLeft("a")).toBe(0);
    clock.advance(59_000);
    brake.countFailure("a");
    expect(brake.secondsLeft("a")).toBe(60);
    clock.advance(59_999);
    expect(brake.secondsLeft("a")).toBe(1);
    clock.advance(1);
    expect(brake.secondsLeft("a")).toBe(0);
  });

  test("forgets failures after a minute", () => {
    const clock = new FakeClock();
    const brake = new FailureBrake(clock, 2, 60_000);
    brake.countFailure("a");
    clock.advance(60_000);
    brake.countFailure("a");
    expect(brake.secondsLeft("a")).toBe(0);
  });

  test("blocks nobody else", () => {
    const brake = new FailureBrake(new FakeClock(), 1, 60_000);
    brake.countFailure("a");
    expect(brake.secondsLeft("b")).toBe(0);
  });
});

describe("ReplayWindow", () => {
  test("accepts a number once", () => {
    const window = new ReplayWindow();
    expect([window.accept(1), window.accept(1)]).toEqual([true, false]);
  });

  test("accepts numbers that were overtaken by up to 63 others", () => {
    const window = new ReplayWindow();
    window.accept(100);
    expect(window.accept(100 - 63)).toBe(true);
    expect(window.accept(100 - 64)).toBe(false);
  });

  test("never accepts a number twice, whatever the order", () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 400 });
    fc.assert(
      fc.property(numbers, (sequence) => {
        const window = new ReplayWindow();
        const accepted = sequence.filter((number) => window.accept(number));
        expect(new Set(accepted).size).toBe(accepted.length);
      }),
    );
  });

  test("accepts every number of a client that counts up", () => {
    const window = new ReplayWindow();
    expect(Array.from({ length: 1000 }, (_, index) => window.accept(index + 1)).every(Boolean)).toBe(true);
  });
});
