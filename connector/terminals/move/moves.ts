import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { AppliedItem, MoveRequest, PlanId, PlanItem, PlanPreview } from "@tandem/contracts/domain/plan.ts";
import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { SealedTemplates } from "../../vault/sealed-templates.ts";
import { algorithmOf } from "../copy/algorithm.ts";
import { readNamedUsers, roomOf } from "../copy/read-inventory.ts";
import { type Enrolments, type FingerTemplate, isConnectionLoss } from "../enrolments.ts";
import type { ApplyContext, MakeContext } from "../plans/apply-plan.ts";
import type { PlanBook } from "../plans/plan-book.ts";
import { refuseTerminal } from "../plans/refuse-terminal.ts";
import type { WhoIsWho } from "../plans/who-is-who.ts";
import type { Terminals } from "../service.ts";
import { checkUserId } from "../user-id-rules.ts";

import type { MoveJournal } from "./move-journal.ts";
import { backupOf, type MoveRecovery } from "./move-recovery.ts";
import { type MovingPerson, planMove } from "./plan-move.ts";

export interface MoveParts {
  readonly terminals: Terminals;
  readonly plans: PlanBook;
  readonly who: WhoIsWho;
  readonly templates: SealedTemplates;
  readonly journal: MoveJournal;
  readonly recovery: MoveRecovery;
}

/**
 * Gives people their new user IDs on terminals, with their fingers. Not needed to begin with: as long as the old ID is
 * linked, its punches count for the person. Nothing is touched by planning.
 */
export class Moves {
  readonly #parts: MoveParts;

  constructor(parts: MoveParts) {
    this.#parts = parts;
  }

  /** Errors: `plan.no-people`, `terminal.unknown`, `consent.biometrics-off`. */
  async plan(request: MoveRequest, actor: string, { signal, progress }: MakeContext = {}): Promise<PlanPreview> {
    const { plans, who, terminals } = this.#parts;
    if (request.people !== "all") await who.refuseStrangers(request.people);
    const names = [...new Set(request.terminals)];
    for (const name of names) await terminals.get(name);
    const items: PlanItem[] = [];
    for (const [done, name] of names.entries()) {
      items.push(...(await this.#planOne(name, request, { actor, signal })));
      signal?.throwIfAborted();
      progress?.(done + 1, names.length);
    }
    return { plan: await plans.enter("move", request, items, actor), kind: "move", items };
  }

  async #planOne(
    name: TerminalName,
    request: MoveRequest,
    { actor, signal }: { actor: string; signal: AbortSignal | undefined },
  ): Promise<readonly PlanItem[]> {
    const { terminals, who } = this.#parts;
    const { idSpace, zone } = await terminals.get(name);
    const { personOf, idsOf } = await who.ids(idSpace, zone);
    const people = request.people === "all" ? [...new Set(personOf.values())] : request.people;
    const linked = people.map((personId) => ({
      personId,
      oldIds: idsOf(personId, "old"),
      newIds: idsOf(personId, "new"),
    }));
    // Who has no old ID in this space has nothing to move; only who was named is told so.
    const meant = request.people === "all" ? linked.filter(({ oldIds }) => oldIds.length > 0) : linked;
    const consented = await who.consented([...personOf.keys()], personOf);
    const moving: MovingPerson[] = meant.map((person) => ({
      ...person,
      mayUseFingers: person.oldIds.some((userId) => consented.has(userId)),
    }));
    try {
      return await terminals.visit(name, signal === undefined ? {} : { signal }, async (terminal, { mode }) => {
        const users = await readNamedUsers(terminal);
        const wanted = new Set(moving.flatMap(({ oldIds }) => oldIds.filter((userId) => consented.has(userId))));
        const fingers = await who.readFingers(terminal, wanted, { terminal: name, actor });
        const capacity = await terminal.capacity();
        const rules = await terminal.enrolments.userIdRules();
        const userIds = users.map(({ userId }) => userId);
        const items = planMove(
          {
            terminal: name,
            userIds,
            fingers: new Map([...fingers].map(([userId, own]) => [userId, own.map(({ finger }) => finger)])),
            room: {
              users: roomOf(capacity.users, capacity.userCapacity),
              fingers: roomOf(capacity.fingers, capacity.fingerCapacity),
            },
            refuseUserId: (userId) => checkUserId(userId, rules, userIds),
          },
          moving,
        );
        return mode === "active" ? items : items.map(refuseShadow);
      });
    } catch (error) {
      const people = moving.map(({ personId, oldIds: [userId = null] }) => ({ personId, userId }));
      return refuseTerminal(name, people, error);
    }
  }

  /** Moves one terminal's people, one after the other. Errors: what ends the conversation. */
  async apply(plan: PlanId, name: TerminalName, { actor, signal, progress }: ApplyContext): Promise<void> {
    const { terminals, plans, who, templates, journal } = this.#parts;
    const open = new Map((await plans.open(plan, name)).map((item) => [item.userId, item]));
    const total = open.size;
    const settle = async (item: AppliedItem, failure: TandemError | null): Promise<void> => {
      open.delete(item.userId);
      await plans.settle(plan, [[item, failure]], actor);
      progress(total - open.size, total);
    };
    try {
      await terminals.visit(name, {}, async ({ enrolments }, booked, { fingerprintVersion }) => {
        if (booked.mode === "shadow") throw new TandemError("terminal.shadow-mode", { name });
        // The visit itself may have finished some of them: what was cut off is settled first.
        const due = await plans.open(plan, name);
        for (const userId of open.keys()) if (!due.some((item) => item.userId === userId)) open.delete(userId);
        const { personOf } = await who.ids(booked.idSpace, booked.zone);
        const consented = await who.consented(
          [...open.keys()].filter((userId) => userId !== null),
          personOf,
        );
        const fingers = await who.readFingers({ enrolments }, consented, { terminal: name, actor });
        for (const item of due) {
          signal.throwIfAborted();
          const { userId: from, newUserId: to, personId } = item;
          if (
            from === null ||
            to === null ||
            personId === null ||
            personOf.get(from) !== personId ||
            personOf.get(to) !== personId
          )
            await settle(item, new TandemError("copy.source-changed"));
          else if (!consented.has(from))
            await settle(item, new TandemError("consent.missing", { personId, kind: "finger" }));
          else {
            const step = {
              plan,
              terminal: name,
              from,
              to,
              personId,
              algorithm: algorithmOf(fingerprintVersion) ?? "finger",
            };
            await settle(item, await this.#moveOne(step, fingers.get(from) ?? [], enrolments, actor));
          }
        }
      });
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = toTandemError(error);
      for (const item of [...open.values()]) await settle(item, failure);
      throw error;
    } finally {
      if ((await journal.unfinished(name)).length === 0) await templates.endCopy(backupOf(plan, name), actor);
    }
  }

  /** Null when the person is at the new ID. A move that failed is settled at once, on a new connection where needed. */
  async #moveOne(
    move: { plan: PlanId; terminal: TerminalName; from: UserId; to: UserId; personId: PersonId; algorithm: string },
    fingers: readonly FingerTemplate[],
    enrolments: Enrolments,
    actor: string,
  ): Promise<TandemError | null> {
    const { journal, recovery, templates } = this.#parts;
    const { personId, algorithm, terminal, plan } = move;
    if (await journal.has(move)) return new TandemError("terminal.unfinished-move", { name: terminal });
    try {
      for (const { finger, template } of fingers)
        await templates.put({ personId, kind: "finger", finger, algorithm }, template, backupOf(plan, terminal), actor);
      await enrolments.move(move, fingers, {
        begun: (memento) => journal.begin(move, memento),
        verified: () => journal.verified(move),
      });
      await journal.end(move);
      return null;
    } catch (error) {
      if (await journal.has(move)) return (await recovery.settleNow(move, enrolments)) ? null : toTandemError(error);
      if (isConnectionLoss(error)) throw error;
      return toTandemError(error);
    }
  }
}

function refuseShadow(item: PlanItem): PlanItem {
  return item.action === "move" ? { ...item, action: "refused", reason: "terminal.shadow-mode", fingers: [] } : item;
}
