import { z } from "zod";

import { PersonId, SecretRef, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PlanId } from "@tandem/contracts/domain/plan.ts";

import { type Clock, instantOf } from "../../platform/clock.ts";
import type { Row } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";
import type { Secrets } from "../../vault/vault.ts";
import type { MoveStage, UserMove } from "../enrolments.ts";
import { toNumber, toPlanId } from "../plans/plan-book.ts";

const Stage = z.enum(["begun", "verified"]);

/** A move that is not settled yet. */
export interface UnfinishedMove extends UserMove {
  readonly terminal: TerminalName;
  readonly personId: PersonId;
  readonly plan: PlanId;
  readonly stage: MoveStage;
  /** Whose templates these are, as the vault names it. */
  readonly algorithm: string;
  readonly mementoRef: SecretRef;
  /** Code of the last attempt to settle it that failed. */
  readonly error: string | null;
}

export type NewMove = Omit<UnfinishedMove, "stage" | "mementoRef" | "error">;

export interface JournalParts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** Moves under way, kept before the first byte of each is written, until it is settled (`zk-pull.md` §4, step 1). */
export class MoveJournal {
  readonly #parts: JournalParts;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  async begin(move: NewMove, memento: Uint8Array): Promise<void> {
    const { store, secrets, clock } = this.#parts;
    const { terminal, from, to, personId, plan, algorithm } = move;
    const ref = refOf(move);
    await store.transaction(async (tx) => {
      await secrets.put(ref, memento, tx);
      await tx
        .insertInto("moves")
        .values({
          terminal,
          user_id: from,
          new_user_id: to,
          person_id: personId,
          plan_id: toNumber(plan),
          stage: "begun",
          memento_ref: ref,
          algorithm,
          error: null,
          begun_at: instantOf(clock.now()),
        })
        .execute();
    });
  }

  async verified({ terminal, from }: Pick<UnfinishedMove, "terminal" | "from">): Promise<void> {
    await this.#parts.store.db
      .updateTable("moves")
      .set({ stage: "verified" })
      .where("terminal", "=", terminal)
      .where("user_id", "=", from)
      .execute();
  }

  /** Forgets a settled move and what was kept for it. */
  async end(move: Pick<UnfinishedMove, "terminal" | "from">): Promise<void> {
    const { store, secrets } = this.#parts;
    await store.transaction(async (tx) => {
      await tx.deleteFrom("moves").where("terminal", "=", move.terminal).where("user_id", "=", move.from).execute();
      await secrets.remove(refOf(move), tx);
    });
  }

  async noteError({ terminal, from }: UnfinishedMove, code: string): Promise<void> {
    await this.#parts.store.db
      .updateTable("moves")
      .set({ error: code })
      .where("terminal", "=", terminal)
      .where("user_id", "=", from)
      .execute();
  }

  /** Of one terminal, or of all, oldest first. */
  async unfinished(terminal?: TerminalName): Promise<readonly UnfinishedMove[]> {
    let query = this.#parts.store.db.selectFrom("moves").selectAll().orderBy("begun_at");
    if (terminal !== undefined) query = query.where("terminal", "=", terminal);
    return (await query.execute()).map(toMove);
  }

  async has({ terminal, from }: Pick<UnfinishedMove, "terminal" | "from">): Promise<boolean> {
    return (await this.unfinished(terminal)).some((move) => move.from === from);
  }

  /** What the driver needs for going back or on. A secret. */
  memento({ mementoRef }: UnfinishedMove): Promise<Uint8Array> {
    return this.#parts.secrets.get(mementoRef);
  }
}

function refOf({ terminal, from }: Pick<UnfinishedMove, "terminal" | "from">): SecretRef {
  return SecretRef.parse(`move:${terminal}:${from}`);
}

function toMove(row: Row<"moves">): UnfinishedMove {
  return {
    terminal: TerminalName.parse(row.terminal),
    from: UserId.parse(row.user_id),
    to: UserId.parse(row.new_user_id),
    personId: PersonId.parse(row.person_id),
    plan: toPlanId(row.plan_id),
    stage: Stage.parse(row.stage),
    algorithm: row.algorithm,
    mementoRef: SecretRef.parse(row.memento_ref),
    error: row.error,
  };
}
