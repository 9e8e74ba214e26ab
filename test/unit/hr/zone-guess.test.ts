import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { Zone } from "@tandem/contracts/domain/time.ts";

import { fits, guessZone, readSiteClock } from "../../../connector/hr/frappe/zone-guess.ts";

const NOW = Date.parse("2026-11-24T08:00:00Z");
const MINUTE = 60_000;

describe("the site's clock", () => {
  test("is the zone's offset and the clocks' difference, however far this PC's clock is off", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -48, max: 56 }),
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.integer({ min: -7 * 60, max: 7 * 60 }),
        (quarters, pcOff, siteOff) => {
          const clock = readSiteClock({
            wall: NOW + quarters * 15 * MINUTE + siteOff * 1000,
            date: NOW,
            now: NOW + pcOff * 1000,
          });
          expect(clock.offsetMinutes).toBe(quarters * 15);
          expect(clock.skewSeconds).toBe(siteOff - pcOff);
        },
      ),
    );
  });

  test("is measured against this PC where the site tells no UTC", () => {
    expect(readSiteClock({ wall: NOW + 420 * MINUTE + 2000, date: null, now: NOW })).toEqual({
      offsetMinutes: 420,
      skewSeconds: 2,
    });
  });
});

describe("a guessed zone", () => {
  const guess = (offset: number, local: string) => guessZone(offset, Zone.parse(local), NOW);

  test("is this PC's own where that fits", () => {
    expect(guess(420, "Asia/Jakarta")).toBe("Asia/Jakarta");
    expect(guess(60, "Europe/Berlin")).toBe("Europe/Berlin");
  });

  test("is the usual one where nobody changes clocks", () => {
    expect(guess(420, "Europe/Berlin")).toBe("Asia/Ho_Chi_Minh");
    expect(guess(330, "Europe/Berlin")).toBe("Asia/Kolkata");
  });

  test("is none where clocks are changed", () => {
    expect(guess(-300, "Asia/Ho_Chi_Minh")).toBeNull();
    expect(guess(60, "Asia/Ho_Chi_Minh")).toBeNull();
  });

  test("always fits", () => {
    for (let offset = -720; offset <= 840; offset += 15) {
      const zone = guess(offset, "Asia/Ho_Chi_Minh");
      expect(zone === null || fits(zone, offset, NOW)).toBe(true);
    }
  });
});
