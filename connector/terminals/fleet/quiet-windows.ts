import { LocalDateTime, type Zone } from "@tandem/contracts/domain/time.ts";

import { toInstant, toLocal } from "../../platform/zone-time.ts";

/** A span in which a terminal is left alone, because people stand in front of it. */
export interface QuietWindow {
  /** Weekday it begins on: 0 Sunday … 6 Saturday. */
  readonly weekday: number;
  /** `HH:mm` in site time, included. */
  readonly from: string;
  /** `HH:mm` in site time, excluded; at or before `from` it is on the next day. */
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** Whether a moment (milliseconds since 1970 UTC) lies in a window. */
export function isQuiet(windows: readonly QuietWindow[], zone: Zone, now: number): boolean {
  return endOf(windows, zone, now) !== null;
}

/**
 * The first moment from `now` on that lies in no window, in milliseconds since 1970 UTC. Null when the windows leave no
 * gap in a week.
 */
export function nextAllowed(windows: readonly QuietWindow[], zone: Zone, now: number): number | null {
  const limit = now + 8 * DAY_MS;
  let at = now;
  while (at <= limit) {
    const end = endOf(windows, zone, at);
    if (end === null) return at;
    at = end;
  }
  return null;
}

/** Latest end of the windows that hold a moment. */
function endOf(windows: readonly QuietWindow[], zone: Zone, now: number): number | null {
  const today = Date.parse(`${toLocal(zone, now).slice(0, 10)}Z`);
  const ends = [today - DAY_MS, today].flatMap((day) =>
    windows
      .filter(({ weekday }) => weekday === new Date(day).getUTCDay())
      .map(({ from, to }) => ({
        from: momentOf(zone, day, from),
        to: momentOf(zone, to <= from ? day + DAY_MS : day, to),
      }))
      .filter(({ from, to }) => from <= now && now < to)
      .map(({ to }) => to),
  );
  return ends.length === 0 ? null : Math.max(...ends);
}

function momentOf(zone: Zone, day: number, time: string): number {
  return toInstant(zone, LocalDateTime.parse(`${new Date(day).toISOString().slice(0, 10)}T${time}:00`));
}
