/** Silences learned from; fewer say nothing about a habit. */
const LEAST_GAPS = 5;
/** How much longer than its longest habitual silence a terminal may be silent: holidays and a late shift are no fault. */
const PATIENCE = 1.5;
const HOUR_MS = 3_600_000;

/** A terminal that has been silent for longer than it usually is; spans in milliseconds. */
export interface Silence {
  readonly silentMs: number;
  readonly usualMs: number;
}

/**
 * Whether a terminal has been silent for longer than its own habit allows: one and a half times its longest pause, the
 * longest tenth left out, and at least an hour. Null while it is not, or while too little is known. Moments of punches in
 * milliseconds since 1970 UTC, in any order; those after `now` (a wrong clock) do not count.
 */
export function unusualSilence(punches: readonly number[], now: number): Silence | null {
  const moments = punches.filter((at) => at <= now).sort((a, b) => a - b);
  const last = moments.at(-1);
  const gaps = longestPerDay(moments);
  if (last === undefined || gaps.length < LEAST_GAPS) return null;
  const usualMs = gaps[Math.ceil(gaps.length * 0.9) - 1] ?? 0;
  const silentMs = now - last;
  return silentMs > Math.max(usualMs * PATIENCE, HOUR_MS) ? { silentMs, usualMs } : null;
}

/** The longest pause that ended on each day (UTC), shortest first: the nights and weekends, not the seconds of a rush. */
function longestPerDay(moments: readonly number[]): number[] {
  const byDay = new Map<number, number>();
  for (const [index, at] of moments.entries()) {
    const before = moments[index - 1];
    if (before === undefined) continue;
    const day = Math.floor(at / (24 * HOUR_MS));
    byDay.set(day, Math.max(byDay.get(day) ?? 0, at - before));
  }
  return [...byDay.values()].sort((a, b) => a - b);
}
