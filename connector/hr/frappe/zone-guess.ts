import { Zone } from "@tandem/contracts/domain/time.ts";

import { offsetAt } from "../../platform/zone-time.ts";

const MINUTE = 60_000;

/** Every zone's offset is a whole number of quarter hours; a clock that is less than half of that off does not blur it. */
const STEP = 15 * MINUTE;

/**
 * Zones proposed for an offset. Only offsets under which nobody changes the clocks: elsewhere two zones that agree today
 * may differ by an hour next season, so the operator has to say.
 */
const STEADY: Readonly<Record<string, string>> = {
  "240": "Asia/Dubai",
  "270": "Asia/Kabul",
  "300": "Asia/Karachi",
  "330": "Asia/Kolkata",
  "345": "Asia/Kathmandu",
  "360": "Asia/Dhaka",
  "390": "Asia/Yangon",
  "420": "Asia/Ho_Chi_Minh",
  "480": "Asia/Singapore",
  "540": "Asia/Tokyo",
};

/** What a record just written tells of the site's clock (`frappe-hr.md` §4). */
export interface ClockReading {
  /** Site wall clock of the record, as milliseconds. */
  readonly wall: number;
  /** The site's own UTC from the answer's `Date` header, if it had one. */
  readonly date: number | null;
  /** This PC's UTC at that moment. */
  readonly now: number;
}

export interface SiteClock {
  readonly offsetMinutes: number;
  /** How far the site's clock is ahead of this PC's. */
  readonly skewSeconds: number;
}

/** Splits the distance of two clocks into the zone's offset and the clocks' error. */
export function readSiteClock({ wall, date, now }: ClockReading): SiteClock {
  // Measured against the site's own UTC the offset is right even when this PC's clock is hours off.
  const offset = Math.round((wall - (date ?? now)) / STEP) * STEP;
  // Adding 0 turns the -0 of rounding into 0.
  return { offsetMinutes: offset / MINUTE + 0, skewSeconds: Math.round((wall - offset - now) / 1000) + 0 };
}

/** A zone that has this offset now: this PC's own if it fits, else the usual one for a steady offset, else null. */
export function guessZone(offsetMinutes: number, localZone: Zone, now: number): Zone | null {
  if (fits(localZone, offsetMinutes, now)) return localZone;
  const name = STEADY[String(offsetMinutes)];
  return name === undefined ? null : Zone.parse(name);
}

export function fits(zone: Zone, offsetMinutes: number, now: number): boolean {
  return offsetAt(zone, now) === offsetMinutes * MINUTE;
}
