import type { UserId } from "@tandem/contracts/domain/ids.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { RawPunch } from "../../terminal.ts";

import { TimeDecoder } from "./time.ts";
import { UserIds } from "./user-ids.ts";

/** Row lengths that can be read (`zk-pull.md` §2.5). */
export type PunchSize = 8 | 16 | 40 | 49;

/** Names of slots, for the 8-byte rows that hold nothing else. */
export type SlotNames = ReadonlyMap<number, string>;

/**
 * The punches of a log whose row length is known. `slots` is asked for 8-byte rows only. A log may hold 100,000 rows and
 * more, so that a punch is no more than its place in the log until somebody looks at it.
 */
export function decodePunches(bytes: Buffer, size: PunchSize, slots: SlotNames = new Map()): readonly RawPunch[] {
  const log: Log = { bytes, size, row: ROWS[size], times: new TimeDecoder(), ids: new UserIds(), slots };
  return Array.from({ length: bytes.length / size }, (_, index) => new LogPunch(log, index * size));
}

interface Log {
  readonly bytes: Buffer;
  readonly size: PunchSize;
  readonly row: Row;
  readonly times: TimeDecoder;
  readonly ids: UserIds;
  readonly slots: SlotNames;
}

class LogPunch implements RawPunch {
  readonly #log: Log;
  readonly #at: number;

  constructor(log: Log, at: number) {
    this.#log = log;
    this.#at = at;
  }

  get userId(): UserId {
    return this.#log.row.userId(this.#log, this.#at);
  }

  get at(): LocalDateTime | null {
    return this.#log.times.decode(this.#time);
  }

  get verify(): number {
    return this.#log.bytes.readUInt8(this.#at + this.#log.row.verify);
  }

  get state(): number {
    return this.#log.bytes.readUInt8(this.#at + this.#log.row.state);
  }

  get workCode(): number | null {
    const { workCode } = this.#log.row;
    return workCode === null ? null : this.#log.bytes.readUInt32LE(this.#at + workCode);
  }

  get key(): string {
    return `${this.#log.row.subject(this.#log, this.#at)}|${this.#time}|${this.verify}|${this.state}`;
  }

  get raw(): Buffer {
    return this.#log.bytes.subarray(this.#at, this.#at + this.#log.size);
  }

  get #time(): number {
    return this.#log.bytes.readUInt32LE(this.#at + this.#log.row.time);
  }
}

/** Where the fields of a row stand. */
interface Row {
  readonly time: number;
  readonly verify: number;
  readonly state: number;
  readonly workCode: number | null;
  readonly userId: (log: Log, at: number) => UserId;
  /** Whom the row itself names: what a key is made of. */
  readonly subject: (log: Log, at: number) => string;
}

const textId = ({ bytes, ids }: Log, at: number): UserId => ids.between(bytes, at + 2, at + 26);
// A row without a text names its slot only, and a slot's number may be somebody else's user ID: the key holds it, marked.
const textSubject = (log: Log, at: number): string =>
  log.bytes[at + 2] === 0 ? slotSubject(log, at) : textId(log, at);
const slotSubject = ({ bytes }: Log, at: number): string => `#${bytes.readUInt16LE(at)}`;
const numberId = ({ bytes, ids }: Log, at: number): UserId => ids.of(String(bytes.readUInt32LE(at)));

const LONG: Row = { time: 27, verify: 26, state: 31, workCode: null, userId: textId, subject: textSubject };

const ROWS: Readonly<Record<PunchSize, Row>> = {
  8: {
    ...{ time: 3, verify: 2, state: 7, workCode: null },
    userId: ({ bytes, ids, slots }, at) => {
      const uid = bytes.readUInt16LE(at);
      return ids.of(slots.get(uid) ?? String(uid));
    },
    // The slot as stored: the record stays the same when the slot's user is renamed or deleted.
    subject: slotSubject,
  },
  16: { time: 4, verify: 8, state: 9, workCode: 12, userId: numberId, subject: numberId },
  40: LONG,
  49: LONG,
};
