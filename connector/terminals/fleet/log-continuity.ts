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

/** `cleared-by-other`: records that were in the log are gone, and Tandem never clears one (design §3.3). */
export type LogContinuity = "unchanged" | "grown" | "cleared-by-other";

/** Records remembered at the end of a log. */
const TAIL = 20;

export function markOf(records: readonly Keyed[]): LogMark {
  return {
    count: records.length,
    head: records[0]?.key ?? null,
    tail: records.slice(-TAIL).map(({ key }) => key),
  };
}

/**
 * Compares a complete read with the one before it. A log that was emptied and filled again past its old length is found
 * by the records that are missing, wherever in the log the terminal now keeps those it has.
 */
export function compareLog(known: LogMark, records: readonly Keyed[]): LogContinuity {
  if (records.length < known.count) return "cleared-by-other";
  const present = new Map<string, number>();
  for (const { key } of records) present.set(key, (present.get(key) ?? 0) + 1);
  if (known.head !== null && !present.has(known.head)) return "cleared-by-other";
  for (const key of known.tail) {
    const left = present.get(key) ?? 0;
    if (left === 0) return "cleared-by-other";
    present.set(key, left - 1);
  }
  return records.length === known.count ? "unchanged" : "grown";
}
