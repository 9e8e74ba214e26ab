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
import { passwordFieldOf } from "../codec/user-edit.ts";
import type { UserRow } from "../codec/users.ts";
import { readUsers, type TableContext } from "../reading/tables.ts";
import type { Wire } from "../wire/wire.ts";
import { readUserRules, removeUser, rowSizeOf } from "../writing/users.ts";

import type { ReaderLock } from "./lock.ts";
import { moveUser, settleMove } from "./move-user.ts";
import { isMeant, readFingers } from "./read-fingers.ts";
import { writeEnrolments } from "./write-enrolments.ts";

/** A portion takes seconds; a slow device on a bad line may take this long, and no reader is locked for longer by a crash. */
const LOCK_SECONDS = 60;

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

  fingers(of: ReadonlySet<UserId>, progress?: ReadProgress): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
    return this.#access.twice(async (wire) => readFingers(wire, await this.#rows(wire), of, progress));
  }

  passwords(of: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, Uint8Array>> {
    return this.#access.twice(async (wire) => {
      const rows = (await this.#rows(wire)).filter((row) => isMeant(row, of));
      const fields = rows.map(({ user, row }) => [user.userId, passwordFieldOf(row)] as const);
      return new Map(fields.filter(([, field]) => field[0] !== 0));
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
