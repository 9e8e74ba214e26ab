import type { SerialNumber, UserId } from "@tandem/contracts/domain/ids.ts";
import type { TerminalAddress, TerminalCapacity, TerminalMode } from "@tandem/contracts/domain/terminal.ts";
import type { Instant, LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { Enrolments } from "./enrolments.ts";

/** Who a terminal says it is. Null where it does not say. */
export interface TerminalIdentity {
  readonly serial: SerialNumber | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly platform: string | null;
  readonly fingerprintVersion: string | null;
}

export interface TerminalUser {
  readonly userId: UserId;
  /**
   * Set where the terminal holds no ID for this user. `userId` is then what its punches are found by, such as the number
   * of its slot, which may be somebody else's ID: nobody is written, copied or matched by it.
   */
  readonly withoutId?: true;
  /** Null where no encoding fits the bytes. */
  readonly name: string | null;
  readonly nameRaw: Uint8Array;
  readonly card: string | null;
  readonly privilege: number;
  readonly group: number;
}

/** One attendance record exactly as the terminal holds it. */
export interface RawPunch {
  readonly userId: UserId;
  /** Null for an impossible date (31 February, broken clock battery); the bytes keep what was there. */
  readonly at: LocalDateTime | null;
  readonly verify: number;
  readonly state: number;
  readonly workCode: number | null;
  /**
   * Natural key within one terminal: equal for equal records and stable over re-reading, whatever happens to the user
   * list in between. Built from user, time, verify and state as stored.
   */
  readonly key: string;
  /** The record's bytes. */
  readonly raw: Uint8Array;
  /** The record's name in the file it comes from; one from a terminal is named by its place in the log. */
  readonly rawId?: string;
}

/** A complete log. There is no partial one: a driver that could not read all of it throws. */
export interface PunchRead {
  /** When the read began; punches made later may be missing from it. */
  readonly startedAt: Instant;
  readonly records: readonly RawPunch[];
  readonly recordSize: number;
}

/** A punch as it happens: a hint that the log has grown, never a record. */
export interface LivePunch {
  readonly userId: string;
  readonly at: LocalDateTime | null;
}

/** Bytes read of `total`; `total` is null until the terminal has announced it. */
export type ReadProgress = (done: number, total: number | null) => void;

/**
 * One connected terminal. All calls are queued: one command is in flight at a time. Every read is complete or a
 * TandemError of the `terminal.*` group. `close` always re-enables what was disabled, and never throws.
 */
export interface Terminal {
  identity(): Promise<TerminalIdentity>;
  capacity(): Promise<TerminalCapacity>;
  /** The terminal's wall clock; null when it shows an impossible time. */
  clock(): Promise<LocalDateTime | null>;
  /** Sets the wall clock; whether it went is for the caller to read back. Errors: `terminal.shadow-mode`, `terminal.*`. */
  setClock(at: LocalDateTime): Promise<void>;
  users(progress?: ReadProgress): Promise<readonly TerminalUser[]>;
  punches(progress?: ReadProgress): Promise<PunchRead>;
  readonly enrolments: Enrolments;
  /**
   * Hears of punches until the signal ends it, and resolves then. Some may go unheard: only a complete read counts.
   * Errors: `terminal.*` when the connection is lost.
   */
  live(listener: (punch: LivePunch) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface TerminalTarget {
  readonly address: TerminalAddress;
  readonly commKey: number;
  readonly mode: TerminalMode;
  /** Tried after strict UTF-8 when a name does not decode. */
  readonly nameEncoding: "windows-1258" | "latin1" | "gbk" | "utf8";
  /**
   * A terminal that was left locked stays so when it is opened, because work on it is unfinished: whoever opens it has
   * that settled first.
   */
  readonly staysLocked?: boolean;
}

/** Opens terminals of one protocol family. */
export interface TerminalDriver {
  readonly schemes: readonly string[];
  /** Connects and authenticates. Errors: `terminal.*`. Aborting closes the connection. */
  open(target: TerminalTarget, signal?: AbortSignal): Promise<Terminal>;
}
