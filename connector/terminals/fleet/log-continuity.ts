import type { RawPunch } from "../terminal.ts";

type Keyed = Pick<RawPunch, "key">;

/** What is remembered of a complete read: how many records there were, and the keys at both ends of the log. */
export interface LogMark {
  readonly count: number;
  /** Key of the oldest record; null for an empty log. */
  readonly head: string | null;
  /** Keys of the newest records, oldest first. */
  readonly tail: readonly string[];
}

/**
 * `cleared-by-other`: records that were in the log are gone, and Tandem never clears one (design §3.3).
 * `overwrote-oldest`: the log is full, and its oldest records made room for the newest.
 */
export type LogContinuity = "unchanged" | "grown" | "cleared-by-other" | "overwrote-oldest";

/** Records remembered at the end of a log. */
const TAIL = 20;

/** Firmware makes room in blocks, so that a full log is found a little below its capacity. */
const FULL = 0.99;

export function markOf(records: readonly Keyed[]): LogMark {
  return {
    count: records.length,
    head: records[0]?.key ?? null,
    tail: records.slice(-TAIL).map(({ key }) => key),
  };
}

/**
 * Compares a complete read with the one before it. A log that was emptied and filled again past its old length is found
 * by the records that are missing, wherever in the log the terminal now keeps those it has. `capacity`: how many records
 * the terminal says it can hold; null where it does not say.
 */
export function compareLog(known: LogMark, records: readonly Keyed[], capacity: number | null): LogContinuity {
  const present = countOf(known, records);
  const hasTail = known.tail.every((key) => {
    const left = present.get(key) ?? 0;
    present.set(key, left - 1);
    return left > 0;
  });
  const hasHead = known.head === null || known.tail.includes(known.head) || (present.get(known.head) ?? 0) > 0;
  if (hasTail && hasHead && records.length >= known.count) {
    return records.length === known.count ? "unchanged" : "grown";
  }
  const wasFull = capacity !== null && capacity > 0 && Math.max(known.count, records.length) >= capacity * FULL;
  return hasTail && wasFull ? "overwrote-oldest" : "cleared-by-other";
}

/** How often the remembered records are there; the others of a long log need not be counted. */
function countOf({ head, tail }: LogMark, records: readonly Keyed[]): Map<string, number> {
  const present = new Map<string, number>([head ?? "", ...tail].map((key) => [key, 0]));
  for (const { key } of records) {
    const count = present.get(key);
    if (count !== undefined) present.set(key, count + 1);
  }
  return present;
}
