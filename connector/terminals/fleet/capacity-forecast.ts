import type { Instant } from "@tandem/contracts/domain/time.ts";

/** How many punches a terminal held at a moment. */
export interface DatedCount {
  readonly at: Instant;
  readonly punches: number;
}

const DAY_MS = 86_400_000;
/** A shorter stretch would take one morning for the habit of a week. */
const LEAST_DAYS = 1;

/**
 * Whole days from the latest count until the log is full at the pace since it was last emptied; 0 when it is full. Null
 * where that is unknown: no capacity told, under a day of counts, or no growth. Counts may come in any order.
 */
export function daysUntilFull(counts: readonly DatedCount[], capacity: number | null): number | null {
  const sinceEmptied = afterLastDrop([...counts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)));
  const first = sinceEmptied[0];
  const last = sinceEmptied.at(-1);
  if (capacity === null || capacity <= 0 || first === undefined || last === undefined) return null;
  if (last.punches >= capacity) return 0;
  const days = (Date.parse(last.at) - Date.parse(first.at)) / DAY_MS;
  const grown = last.punches - first.punches;
  if (days < LEAST_DAYS || grown <= 0) return null;
  return Math.floor(((capacity - last.punches) * days) / grown);
}

/** Emptying a log is no negative pace: only what came after it counts. */
function afterLastDrop(counts: readonly DatedCount[]): readonly DatedCount[] {
  const drop = counts.findLastIndex(({ punches }, index) => punches < (counts[index - 1]?.punches ?? 0));
  return drop === -1 ? counts : counts.slice(drop);
}
