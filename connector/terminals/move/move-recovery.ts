import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { SealedTemplates } from "../../vault/sealed-templates.ts";
import { type Enrolments, type FingerTemplate, isConnectionLoss } from "../enrolments.ts";
import type { PlanBook } from "../plans/plan-book.ts";

import type { MoveJournal, NewMove, UnfinishedMove } from "./move-journal.ts";

const FINGERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** Who is named in the audit when Tandem settles by itself. */
const ACTOR = "connector";

export interface RecoveryParts {
  readonly journal: MoveJournal;
  readonly templates: SealedTemplates;
  readonly plans: PlanBook;
}

/** Settles moves that were cut off, before anything else is done with their terminal. */
export class MoveRecovery {
  readonly #parts: RecoveryParts;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  async isDue(terminal: TerminalName): Promise<boolean> {
    return (await this.#parts.journal.unfinished(terminal)).length > 0;
  }

  /**
   * Settles everything that is due on this terminal. What cannot be settled stays on the list and keeps nobody from
   * reading punches; a connection that is lost meanwhile is an error. Errors: `terminal.*`.
   */
  async settle(terminal: TerminalName, enrolments: Enrolments): Promise<void> {
    for (const move of await this.#parts.journal.unfinished(terminal)) await this.#settleOne(move, enrolments);
  }

  /** Ends what is due on a terminal that will never be seen again, as failed. */
  async giveUp(terminal: TerminalName, actor: string): Promise<void> {
    const { journal, plans } = this.#parts;
    for (const move of await journal.unfinished(terminal)) {
      const failure = new TandemError("terminal.unfinished-move", { name: terminal });
      await plans.settle(move.plan, [[{ ...move, userId: move.from, action: "move", fingers: [] }, failure]], actor);
      await journal.end(move);
    }
  }

  /** The same for one move that has just failed. Answers whether the user is at the new ID. Errors: `terminal.*`. */
  async settleNow({ terminal, from }: NewMove, enrolments: Enrolments): Promise<boolean> {
    const due = (await this.#parts.journal.unfinished(terminal)).find((move) => move.from === from);
    return due === undefined ? false : this.#settleOne(due, enrolments);
  }

  async #settleOne(move: UnfinishedMove, enrolments: Enrolments): Promise<boolean> {
    const { journal, plans } = this.#parts;
    try {
      const backup = await this.#backup(move);
      const isMoved = await enrolments.settleMove(move, move.stage, await journal.memento(move), backup);
      if (isMoved)
        await plans.settle(move.plan, [[{ ...move, userId: move.from, action: "move", fingers: [] }, null]], ACTOR);
      await journal.end(move);
      return isMoved;
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      if (hasCode(error, "terminal.finger-lost")) {
        await plans.settle(move.plan, [[{ ...move, userId: move.from, action: "move", fingers: [] }, error]], ACTOR);
        await journal.end(move);
        return false;
      }
      await journal.noteError(move, toTandemError(error).code);
      return false;
    }
  }

  /** Sealed fingers of the person, as far as there are any: their time may be over, or their consent withdrawn. */
  async #backup({ personId, algorithm, plan, terminal }: UnfinishedMove): Promise<readonly FingerTemplate[]> {
    const fingers: FingerTemplate[] = [];
    for (const finger of FINGERS) {
      try {
        const slot = { personId, kind: "finger", finger, algorithm } as const;
        const template = await this.#parts.templates.get(slot, backupOf(plan, terminal), ACTOR);
        fingers.push({ finger, flag: null, template });
      } catch (error) {
        if (!hasCode(error, "vault.template-missing", "consent.missing", "consent.biometrics-off")) throw error;
      }
    }
    return fingers;
  }
}

/** Under which name the vault holds the fingers of a plan's people on one terminal. */
export function backupOf(plan: string, terminal: TerminalName): string {
  return `move:${plan}:${terminal}`;
}
