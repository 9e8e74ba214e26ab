import type { RawPunch } from "../terminals/terminal.ts";

/** One natural key of a read: its first record, where in the log that stood, and how often the read holds the key. */
export interface DistinctPunch {
  /** The record's own key, kept because a driver may make it anew each time it is asked. */
  readonly key: string;
  readonly record: RawPunch;
  readonly position: number;
  readonly count: number;
}

/** A run of distinct punches in order of the log. They are made when asked for, and nothing keeps them. */
export interface PunchBatch {
  chunks(size: number): Generator<readonly DistinctPunch[]>;
  /** Those that the read holds more than once. */
  repeated(): readonly DistinctPunch[];
}

/**
 * The distinct punches of a whole read, so that a key counts right however far apart its records lie. A log may hold
 * hundreds of thousands of records: what is kept of each is three numbers, because objects that live as long as the
 * whole read are given back to the system only much later.
 */
export class DistinctPunches {
  readonly #records: readonly RawPunch[];
  /** Positions of first records, in order of the log. */
  readonly #firsts: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #length: number;

  constructor(records: readonly RawPunch[]) {
    const table = new KeyTable(records);
    records.forEach((_, position) => table.add(position));
    this.#records = records;
    this.#firsts = table.firsts;
    this.#counts = table.counts;
    this.#length = table.length;
  }

  *batches(size: number): Generator<PunchBatch> {
    for (let start = 0; start < this.#length; start += size) {
      const end = Math.min(start + size, this.#length);
      yield { chunks: (of) => this.#chunks(start, end, of), repeated: () => this.#repeated(start, end) };
    }
  }

  *#chunks(start: number, end: number, size: number): Generator<readonly DistinctPunch[]> {
    for (let from = start; from < end; from += size) {
      yield Array.from({ length: Math.min(size, end - from) }, (_, offset) => this.#at(from + offset));
    }
  }

  #repeated(start: number, end: number): readonly DistinctPunch[] {
    const found: DistinctPunch[] = [];
    for (let index = start; index < end; index++) {
      if ((this.#counts[index] ?? 0) > 1) found.push(this.#at(index));
    }
    return found;
  }

  #at(index: number): DistinctPunch {
    const position = this.#firsts[index];
    const record = position === undefined ? undefined : this.#records[position];
    if (position === undefined || record === undefined) throw new RangeError(`no distinct punch ${index}`);
    return { key: record.key, record, position, count: this.#counts[index] ?? 0 };
  }
}

/** A hash table of record positions: open addressing, at most half full, nothing but numbers in it. */
class KeyTable {
  readonly #records: readonly RawPunch[];
  /** Index into `firsts` plus one; 0 is a free slot. */
  readonly #slots: Uint32Array;
  readonly #hashes: Uint32Array;
  readonly firsts: Uint32Array;
  readonly counts: Uint32Array;
  length = 0;

  constructor(records: readonly RawPunch[]) {
    this.#records = records;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, records.length) * 2)));
    this.#hashes = new Uint32Array(records.length);
    this.firsts = new Uint32Array(records.length);
    this.counts = new Uint32Array(records.length);
  }

  add(position: number): void {
    const key = this.#keyAt(position);
    const hash = hashOf(key);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0) {
        this.#append(slot, position, hash);
        return;
      }
      const index = known - 1;
      if (this.#hashes[index] === hash && this.#keyAt(this.firsts[index] ?? 0) === key) {
        this.counts[index] = (this.counts[index] ?? 0) + 1;
        return;
      }
    }
  }

  #append(slot: number, position: number, hash: number): void {
    this.#hashes[this.length] = hash;
    this.firsts[this.length] = position;
    this.counts[this.length] = 1;
    this.length++;
    this.#slots[slot] = this.length;
  }

  #keyAt(position: number): string {
    return this.#records[position]?.key ?? "";
  }
}

/** FNV-1a over UTF-16 units, with a last mix because the table uses the low bits. */
function hashOf(key: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
