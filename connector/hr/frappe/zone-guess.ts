import { Zone } from "@tandem/contracts/domain/time.ts";

import { offsetAt } from "../../platform/zone-time.ts";

const MINUTE = 60_000;

/** Zones differ by whole quarter hours; a clock that is less than that off is a wrong clock and no other zone. */
const STEP = 15 * MINUTE;

/** How exactly two clocks must differ by quarter hours before the zone is held to be wrong and not the clock. */
const SHARP = MINUTE;

/** No zone is further from UTC. */
const FURTHEST = 14 * 60 * MINUTE;

/**
 * Zones proposed where the site's is not known. Only offsets under which nobody changes the clocks: elsewhere two zones
 * that agree today may differ by an hour next season, so the operator has to say.
 */
const STEADY = [
  "Asia/Ho_Chi_Minh",
  "Asia/Dubai",
  "Asia/Kabul",
  "Asia/Karachi",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Dhaka",
  "Asia/Yangon",
  "Asia/Singapore",
  "Asia/Tokyo",
].map((name) => Zone.parse(name));

/** What a record just written tells of the site's clock (`frappe-hr.md` §4). */
export interface ClockReading {
  /** Site wall clock of the record, as milliseconds. */
  readonly wall: number;
  /** The site's own UTC from the answer's `Date` header, if it had one. */
  readonly date: number | null;
  /** This PC's UTC at that moment. */
  readonly now: number;
}

export interface ZoneReading {
  readonly zone: Zone | null;
  /**
   * `proven`: the site's clock shows this zone's time. `mismatch`: it shows another zone's. `unproven`: it shows no
   * zone's time, so it is the clock that is wrong. `unknown`: no zone was given and none can be proposed.
   */
  readonly verdict: "proven" | "mismatch" | "unproven" | "unknown";
  /** How far the site's wall clock is from UTC. */
  readonly offsetMinutes: number;
  /** How far the site's clock is ahead of this PC's; null where its zone is not known. */
  readonly skewSeconds: number | null;
}

/**
 * Compares the site's clock with the zone it is said to have, or proposes one: this PC's own if it fits, else the usual
 * one for the offset.
 */
export function readZone(reading: ClockReading, stated: Zone | null, localZone: Zone): ZoneReading {
  const { wall, date, now } = reading;
  // Measured against the site's own UTC the offset is right even when this PC's clock is hours off.
  const distance = wall - (date ?? now);
  const offsetMinutes = Math.round(distance / MINUTE) + 0;
  const error = (zone: Zone): number => distance - offsetAt(zone, now);
  const zone = stated ?? [localZone, ...STEADY].find((one) => Math.abs(error(one)) < STEP / 2) ?? null;
  if (zone === null) return { zone, verdict: "unknown", offsetMinutes, skewSeconds: null };
  const verdict = verdictOn(distance, error(zone));
  const skew = Math.round((wall - offsetAt(zone, now) - now) / 1000) + 0;
  return { zone, verdict, offsetMinutes, skewSeconds: verdict === "mismatch" ? null : skew };
}

function verdictOn(distance: number, error: number): ZoneReading["verdict"] {
  if (Math.abs(error) < STEP / 2) return "proven";
  const blur = Math.abs(error - Math.round(error / STEP) * STEP);
  return blur <= SHARP && Math.abs(distance) <= FURTHEST + SHARP ? "mismatch" : "unproven";
}
