import type { UserId } from "@tandem/contracts/domain/ids.ts";

import {
  type EnrolmentWish,
  type Enrolments,
  type FingerTemplate,
  isConnectionLoss,
  type MoveRecord,
  type MoveStage,
  type UploadMethod,
  type UserMove,
  type WriteOptions,
} from "../../enrolments.ts";
import type { ReadProgress } from "../../terminal.ts";
import type { UserIdRules } from "../../user-id-rules.ts";
import { untilNul } from "../codec/text.ts";
import { passwordFieldOf } from "../codec/user-edit.ts";
import type { UserRow } from "../codec/users.ts";
import { readUsers, type TableContext } from "../reading/tables.ts";
import type { Wire } from "../wire/wire.ts";
import { readUserRules, removeUser, rowSizeOf } from "../writing/users.ts";

import type { ReaderLock } from "./lock.ts";
import { moveUser, settleMove } from "./move-user.ts";
import { meantRows, readAllFingers, readFingersOf } from "./read-fingers.ts";
import { writeEnrolments } from "./write-enrolments.ts";

/** A portion takes seconds; a slow device on a bad line may take this long, and no reader is locked for longer by a crash. */
const LOCK_SECONDS = 60;

/** Twenty commands each: a connection has some ten thousands of them before it must be made anew (`zk-pull.md` §1.3). */
const ONE_BY_ONE = 200;

/** The terminal's queue, its connection and its lock. */
export interface PullAccess {
  readonly context: TableContext;
  readonly call: <T>(work: (wire: Wire) => Promise<T>) => Promise<T>;
  /** A read, begun again on a new connection if this one is lost. */
  readonly twice: <T>(work: (wire: Wire) => Promise<T>) => Promise<T>;
  readonly locked: <T>(
    seconds: number,
    work: (wire: Wire, lock: ReaderLock) => Promise<T>,
    mayFree?: (failure: unknown) => boolean,
  ) => Promise<T>;
}

/** Enrolments of a terminal of the 4370 protocol. */
export class PullEnrolments implements Enrolments {
  readonly #access: PullAccess;

  constructor(access: PullAccess) {
    this.#access = access;
  }

  userIdRules(): Promise<UserIdRules> {
    return this.#access.twice(async (wire) => readUserRules(wire, rowSizeOf(await this.#rows(wire))));
  }

  async fingers(
    of: ReadonlySet<UserId>,
    progress?: ReadProgress,
  ): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
    if (of.size === 0) return new Map();
    const { twice } = this.#access;
    const all = await twice(async (wire) => readAllFingers(wire, await this.#rows(wire), of, progress));
    if (all !== null) return all;
    const wanted = [...of];
    const found = new Map<UserId, readonly FingerTemplate[]>();
    for (let at = 0; at < wanted.length; at += ONE_BY_ONE) {
      const portion = new Set(wanted.slice(at, at + ONE_BY_ONE));
      const read = await twice(async (wire) =>
        readFingersOf(wire.conversation, meantRows(await this.#rows(wire), portion)),
      );
      for (const [userId, fingers] of read) found.set(userId, fingers);
      progress?.(Math.min(at + ONE_BY_ONE, wanted.length), wanted.length);
    }
    return found;
  }

  passwords(of: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, Uint8Array>> {
    return this.#access.twice(async (wire) => {
      const rows = meantRows(await this.#rows(wire), of);
      // What stands behind the NUL is garbage, and differs between terminals.
      const digits = rows.map(({ user, row }) => [user.userId, untilNul(passwordFieldOf(row))] as const);
      return new Map(digits.filter(([, password]) => password.length > 0));
    });
  }

  write(wishes: readonly EnrolmentWish[], options: WriteOptions): Promise<UploadMethod | null> {
    const { context, call, locked } = this.#access;
    return writeEnrolments({ context, call, locked: (work) => locked(LOCK_SECONDS, work) }, wishes, options);
  }

  remove(userId: UserId): Promise<boolean> {
    return this.#access.locked(LOCK_SECONDS, (wire) => removeUser(wire, this.#access.context, userId));
  }

  async move(move: UserMove, fingers: readonly FingerTemplate[], record: MoveRecord): Promise<void> {
    let isBegun = false;
    const noting: MoveRecord = {
      begun: async (memento) => {
        await record.begun(memento);
        isBegun = true;
      },
      verified: () => record.verified(),
    };
    const { context, locked } = this.#access;
    await locked(
      LOCK_SECONDS,
      (wire, lock) => moveUser(wire, context, move, fingers, noting, lock),
      () => !isBegun,
    );
  }

  settleMove(
    move: UserMove,
    stage: MoveStage,
    memento: Uint8Array,
    backup: readonly FingerTemplate[],
  ): Promise<boolean> {
    const { context, locked } = this.#access;
    return locked(
      LOCK_SECONDS,
      (wire, lock) => settleMove(wire, context, move, stage, memento, backup, lock),
      // What cannot be mended now must not keep people from punching; a lost connection is made again and mended first.
      (failure) => !isConnectionLoss(failure),
    );
  }

  #rows(wire: Wire): Promise<readonly UserRow[]> {
    return readUsers(wire, this.#access.context);
  }
}
