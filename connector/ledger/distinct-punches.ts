import type { RawPunch } from "../terminals/terminal.ts";

/** One natural key of a read: its first record, where in the log that stood, and how often the read holds the key. */
export interface DistinctPunch {
  /** The record's own key, kept because a driver may make it anew each time it is asked. */
  readonly key: string;
  readonly record: RawPunch;
  readonly position: number;
  readonly count: number;
}

/** The distinct punches of a whole read, so that a key counts right however far apart its records lie. */
export function distinctPunches(records: readonly RawPunch[]): readonly DistinctPunch[] {
  const byKey = new Map<string, { key: string; record: RawPunch; position: number; count: number }>();
  records.forEach((record, position) => {
    const { key } = record;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { key, record, position, count: 1 });
    else known.count++;
  });
  return [...byKey.values()];
}
