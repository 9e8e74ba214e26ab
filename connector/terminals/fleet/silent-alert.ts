import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

/** When a terminal was punched at last, and in which hours of the week it usually is. */
export interface PunchHabit {
  /** The terminal's wall clock. */
  readonly last: LocalDateTime;
  /** Hours of the week, 0–167; only that equal hours have equal numbers matters. */
  readonly usualHours: readonly number[];
}

/** A terminal that is silent in hours in which it usually is not. */
export interface Silence {
  readonly since: LocalDateTime;
  /** How many such hours have passed without a punch. */
  readonly missedHours: number;
}

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** Weeks learned from, and in how many of them an hour had punches: a holiday or two change no habit. */
const WEEKS = 4;
const LEAST_WEEKS = 3;
/** One quiet hour is a late shift. */
const LEAST_MISSED = 2;
/** A silence of weeks is known without counting further. */
const MOST_HOURS = WEEKS * WEEK_HOURS;

/**
 * What a log tells of a terminal's habit in the four weeks up to its last punch; null for a log without one. Punches after
 * `now` come from a wrong clock and do not count. All in the terminal's wall clock.
 */
export function habitOf(punches: readonly (LocalDateTime | null)[], now: LocalDateTime): PunchHabit | null {
  const last = punches.reduce((latest, at) => (at !== null && at <= now && at > (latest ?? "") ? at : latest), null);
  if (last === null) return null;
  const first = new Date(Date.parse(`${last}Z`) - WEEKS * WEEK_HOURS * HOUR_MS).toISOString().slice(0, 19);
  const hours = new Set<number>();
  // A log of years is compared as text; only what is learned from is worked out.
  for (const at of punches) if (at !== null && at > first && at <= last) hours.add(hourOf(at));
  const weeks = new Map<number, number>();
  for (const hour of hours) weeks.set(hour % WEEK_HOURS, (weeks.get(hour % WEEK_HOURS) ?? 0) + 1);
  const usual = [...weeks].filter(([, count]) => count >= LEAST_WEEKS).map(([hour]) => hour);
  return { last, usualHours: usual.sort((a, b) => a - b) };
}

/** Whether usual hours have passed without a punch since the last one. Null while they have not. */
export function unusualSilence({ last, usualHours }: PunchHabit, now: LocalDateTime): Silence | null {
  const usual = new Set(usualHours);
  const from = hourOf(last) + 1;
  // The hour that is running is not over.
  const until = Math.min(hourOf(now), from + MOST_HOURS);
  let missedHours = 0;
  for (let hour = from; hour < until; hour++) if (usual.has(hour % WEEK_HOURS)) missedHours++;
  return missedHours >= LEAST_MISSED ? { since: last, missedHours } : null;
}

/** Hours since 1970 on a wall clock. */
function hourOf(at: LocalDateTime): number {
  return Math.floor(Date.parse(`${at}Z`) / HOUR_MS);
}
