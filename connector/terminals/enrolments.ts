import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { hasCode, type TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "./terminal.ts";
import type { UserIdRules } from "./user-id-rules.ts";

/** One finger of a user. Biometric data: only with consent on record, never logged (design §3.8). */
export interface FingerTemplate {
  /** Slot 0–9, as the terminal counts. */
  readonly finger: number;
  /** 0 invalid, 1 valid, 3 duress; null where the terminal did not tell it, and then written as valid. */
  readonly flag: number | null;
  readonly template: Uint8Array;
}

/** How templates get onto a terminal: one after the other, or many users in one upload (`zk-pull.md` §3.2). */
export type UploadMethod = "single" | "bulk";

/** What a terminal is to hold for one user; what is left out stays as it is, or is empty for a new user. */
export interface EnrolmentWish {
  readonly userId: UserId;
  /** Written for a new user only: the name on a terminal is somebody's choice. */
  readonly newUserName: string;
  /** A locked account stays locked wherever it is copied to; for a new user only. */
  readonly disabled: boolean;
  readonly card?: string;
  /** A secret, as `passwords` gave it. */
  readonly password?: Uint8Array;
  /** Slots to fill. */
  readonly fingers: readonly FingerTemplate[];
}

export interface WriteOptions {
  /** What worked on this terminal before; null: to be found out with the first user. */
  readonly method: UploadMethod | null;
  /** Whose fingers may be read on this terminal. */
  readonly consented: ReadonlySet<UserId>;
  /** Asked right before some users are written: who must not be, and why. */
  readonly refusals: (userIds: readonly UserId[]) => Promise<ReadonlyMap<UserId, TandemError>>;
  /** Called when it is known what became of some users: null for those who were read back as wished. */
  readonly settled: (outcomes: ReadonlyMap<UserId, TandemError | null>) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** One user's enrolment that is to be found under another user ID. */
export interface UserMove {
  readonly from: UserId;
  readonly to: UserId;
}

/**
 * How far a move has come: `begun` before the first byte of the new user, `verified` when the new user was read back and
 * nothing of the old one has been deleted yet.
 */
export type MoveStage = "begun" | "verified";

/** Keeps what must outlive the process; each resolves when it is safe. */
export interface MoveRecord {
  /** `memento`: what a driver needs for going back. Holds the user's password, so it is sealed. */
  begun(memento: Uint8Array): Promise<void>;
  verified(): Promise<void>;
}

/** Reading and writing what a terminal holds for its users. Writing is for active mode only: `terminal.shadow-mode`. */
export interface Enrolments {
  /** What user IDs the terminal takes. Errors: `terminal.*`. */
  userIdRules(): Promise<UserIdRules>;
  /**
   * Fingers of these users and of nobody else; who has none is missing. Whoever calls has made sure of their consent. A
   * terminal's whole table is read only when everybody on it is meant. Errors: `terminal.*`.
   */
  fingers(of: ReadonlySet<UserId>, progress?: ReadProgress): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>>;
  /** Passwords as the terminal stores them, of these users where they have one. Secrets. Errors: `terminal.*`. */
  passwords(of: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, Uint8Array>>;
  /**
   * Adds or completes users, in portions, each with the reader locked for as long as it takes, and reads everything back.
   * One user's failure is told through `settled`, and the others go on. Answers how templates were written. Errors: those
   * that end the conversation, `terminal.shadow-mode`.
   */
  write(wishes: readonly EnrolmentWish[], options: WriteOptions): Promise<UploadMethod | null>;
  /** Removes a user with everything it has; false where there was none. Errors: `terminal.*`. */
  remove(userId: UserId): Promise<boolean>;
  /**
   * Gives a user's row, name, card and `fingers` (all of them, as they were read just now) to a new user ID and removes the
   * old one, with the reader locked all the time. After a failure behind `begun` the terminal stays locked until it frees
   * itself, and `settleMove` is due. Errors: `terminal.user-unknown`, `terminal.user-id-*`, `terminal.*`.
   */
  move(move: UserMove, fingers: readonly FingerTemplate[], record: MoveRecord): Promise<void>;
  /**
   * Finishes (`verified`) or undoes (`begun`) a move that was cut off. `backup`: the fingers as they were. Answers whether
   * the user is now at the new ID. Errors: `terminal.finger-lost` when it is settled but for a finger that is nowhere,
   * `terminal.*`.
   */
  settleMove(
    move: UserMove,
    stage: MoveStage,
    memento: Uint8Array,
    backup: readonly FingerTemplate[],
  ): Promise<boolean>;
}

/** Whether a failure says that the terminal went out of reach, and nothing about what was asked of it. */
export function isConnectionLoss(failure: unknown): boolean {
  return hasCode(
    failure,
    "terminal.timeout",
    "terminal.connection-lost",
    "terminal.unreachable",
    "terminal.reply-mismatch",
    "terminal.incomplete",
  );
}
