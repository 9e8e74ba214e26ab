import type { PersonId, TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { AppliedItem, PlanId, PlanItem, PlanPreview, RemoveRequest } from "@tandem/contracts/domain/plan.ts";
import { isErrorCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import { latestPunchDays } from "../../ledger/latest-punches.ts";
import type { Store } from "../../store/store.ts";
import { readNamedUsers } from "../copy/read-inventory.ts";
import { type Enrolments, isConnectionLoss } from "../enrolments.ts";
import type { ApplyContext, MakeContext } from "../plans/apply-plan.ts";
import type { PlanBook } from "../plans/plan-book.ts";
import { refuseTerminal } from "../plans/refuse-terminal.ts";
import type { WhoIsWho } from "../plans/who-is-who.ts";
import type { Terminals } from "../service.ts";
import type { BookedTerminal } from "../terminal-book.ts";

import { planRemoval, type RemovalFacts } from "./plan-removal.ts";

export interface LeaverParts {
  readonly store: Store;
  readonly terminals: Terminals;
  readonly plans: PlanBook;
  readonly who: WhoIsWho;
}

/** Takes people who left off terminals, with their fingers. Their punches stay, on the terminal and in the ledger. */
export class Leavers {
  readonly #parts: LeaverParts;

  constructor(parts: LeaverParts) {
    this.#parts = parts;
  }

  /** Errors: `plan.no-people`, `terminal.unknown`. Nothing is removed by planning. */
  async plan(request: RemoveRequest, actor: string, { signal, progress }: MakeContext = {}): Promise<PlanPreview> {
    const { plans, who, terminals } = this.#parts;
    if (request.people !== "all") await who.refuseStrangers(request.people);
    const reachable = (await terminals.list()).filter(({ address }) => address !== null).map(({ name }) => name);
    const names = request.terminals.length === 0 ? reachable : [...new Set(request.terminals)];
    for (const name of names) await terminals.get(name);
    const items: PlanItem[] = [];
    for (const [done, name] of names.entries()) {
      items.push(...(await this.#planOne(name, request, signal)));
      signal?.throwIfAborted();
      progress?.(done + 1, names.length);
    }
    return { plan: await plans.enter("remove", request, items, actor), kind: "remove", items };
  }

  async #planOne(
    name: TerminalName,
    { people, afterDays }: RemoveRequest,
    signal?: AbortSignal,
  ): Promise<readonly PlanItem[]> {
    const { terminals } = this.#parts;
    const named = people === "all" ? null : new Set(people);
    try {
      return await terminals.visit(name, signal === undefined ? {} : { signal }, async (terminal, booked) => {
        const userIds = (await readNamedUsers(terminal)).map(({ userId }) => userId);
        const items = planRemoval(name, userIds, await this.#facts(booked, afterDays), named);
        return booked.mode === "active" ? items : items.map(refuseShadow);
      });
    } catch (error) {
      const told: readonly (PersonId | null)[] = people === "all" ? [null] : people;
      return refuseTerminal(
        name,
        told.map((personId) => ({ personId, userId: null })),
        error,
      );
    }
  }

  /**
   * Removes one terminal's people. Each is looked at again first: who has come back since the preview stays.
   * Errors: what ends the conversation.
   */
  async apply(
    plan: PlanId,
    { afterDays }: RemoveRequest,
    name: TerminalName,
    { actor, signal, progress }: ApplyContext,
  ): Promise<void> {
    const { terminals, plans } = this.#parts;
    const open = new Map((await plans.open(plan, name)).map((item) => [item.userId, item]));
    const total = open.size;
    const settle = async (item: AppliedItem, failure: TandemError | null): Promise<void> => {
      open.delete(item.userId);
      await plans.settle(plan, [[item, failure]], actor);
      progress(total - open.size, total);
    };
    try {
      await terminals.visit(name, {}, async ({ enrolments }, booked) => {
        if (booked.mode === "shadow") throw new TandemError("terminal.shadow-mode", { name });
        const facts = await this.#facts(booked, afterDays);
        for (const item of [...open.values()]) {
          signal.throwIfAborted();
          await settle(item, await this.#removeOne(item, facts, enrolments));
        }
      });
    } catch (error) {
      if (signal.aborted) throw error;
      for (const item of [...open.values()]) await settle(item, toTandemError(error));
      throw error;
    }
  }

  async #removeOne(
    { terminal, userId }: AppliedItem,
    facts: RemovalFacts,
    enrolments: Enrolments,
  ): Promise<TandemError | null> {
    if (userId === null) return new TandemError("copy.source-changed");
    const [now] = planRemoval(terminal, [userId], facts, null);
    if (now?.action !== "remove") {
      const code = now?.reason ?? "plan.person-active";
      return new TandemError(isErrorCode(code) ? code : "plan.person-active", { userId });
    }
    try {
      await enrolments.remove(userId);
      return null;
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      return toTandemError(error);
    }
  }

  async #facts({ idSpace, zone }: BookedTerminal, afterDays: number): Promise<RemovalFacts> {
    const { who, store } = this.#parts;
    const [people, links] = [await who.people(), await who.linksOf(idSpace)];
    const lastPunch = await latestPunchDays(store, idSpace);
    return { people, links, lastPunch, today: who.today(zone), afterDays };
  }
}

function refuseShadow(item: PlanItem): PlanItem {
  return item.action === "remove" ? { ...item, action: "refused", reason: "terminal.shadow-mode" } : item;
}
