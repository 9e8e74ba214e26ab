import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { Zone } from "@tandem/contracts/domain/time.ts";

import { readZone } from "../../../connector/hr/frappe/zone-guess.ts";

const NOW = Date.parse("2026-11-24T08:00:00Z");
const MINUTE = 60_000;
const SAIGON = Zone.parse("Asia/Ho_Chi_Minh");
const BERLIN = Zone.parse("Europe/Berlin");

/** A site whose clock shows `offset` minutes from UTC, `off` seconds wrong, asked by a PC `pcOff` seconds wrong. */
const reading = (offset: number, off = 0, pcOff = 0) => ({
  wall: NOW + offset * MINUTE + off * 1000,
  date: NOW,
  now: NOW + pcOff * 1000,
});

describe("a stated zone", () => {
  test("is proven by the site's clock, however far this PC's clock is off", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.integer({ min: -7 * 60, max: 7 * 60 }),
        (pcOff, siteOff) => {
          expect(readZone(reading(420, siteOff, pcOff), SAIGON, BERLIN)).toMatchObject({
            zone: SAIGON,
            verdict: "proven",
            skewSeconds: siteOff - pcOff,
          });
        },
      ),
    );
  });

  test("is contradicted by a clock that shows another zone's time", () => {
    for (const offset of [-720, -300, 0, 330, 405, 480, 540, 840]) {
      expect(readZone(reading(offset, 3), SAIGON, BERLIN).verdict).toBe("mismatch");
    }
  });

  test("stays when it is the clock that is wrong", () => {
    expect(readZone(reading(420, 10 * 60), SAIGON, BERLIN)).toMatchObject({ verdict: "unproven", skewSeconds: 600 });
    expect(readZone(reading(420, 30 * 24 * 3600), SAIGON, BERLIN).verdict).toBe("unproven");
  });
});

describe("a zone nobody stated", () => {
  const guess = (offset: number, local: string) => readZone(reading(offset), null, Zone.parse(local)).zone;

  test("is this PC's own where that fits", () => {
    expect(guess(420, "Asia/Jakarta")).toBe("Asia/Jakarta");
    expect(guess(60, "Europe/Berlin")).toBe("Europe/Berlin");
  });

  test("is the usual one where nobody changes clocks", () => {
    expect(guess(420, "Europe/Berlin")).toBe("Asia/Ho_Chi_Minh");
    expect(guess(330, "Europe/Berlin")).toBe("Asia/Kolkata");
    expect(guess(345, "Europe/Berlin")).toBe("Asia/Kathmandu");
  });

  test("is none where clocks are changed", () => {
    expect(readZone(reading(-300), null, SAIGON)).toMatchObject({ zone: null, verdict: "unknown", skewSeconds: null });
    expect(guess(60, "Asia/Ho_Chi_Minh")).toBeNull();
  });

  test("is always proven", () => {
    for (let offset = -720; offset <= 840; offset += 1) {
      const { zone, verdict } = readZone(reading(offset), null, SAIGON);
      expect(verdict).toBe(zone === null ? "unknown" : "proven");
    }
  });

  test("is measured against this PC where the site tells no UTC", () => {
    const { wall, now } = reading(420, 2);
    expect(readZone({ wall, now, date: null }, null, BERLIN)).toMatchObject({ zone: SAIGON, skewSeconds: 2 });
  });
});
