import { z } from "zod";

import { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import {
  type AppliedItem,
  PlanAction,
  PlanId,
  type PlanItem,
  PlanKind,
  type PlanOutcome,
  PlanResult,
  type PlanRow,
} from "@tandem/contracts/domain/plan.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../../audit/audit.ts";
import { type Clock, instantOf } from "../../platform/clock.ts";
import type { Row } from "../../store/schema.ts";
import type { Store } from "../../store/store.ts";

const DIGITS = 4;
const Slots = z.array(z.number().int());
const Details = z.record(z.string(), z.unknown());
/** Rows of one insert: more of them make a statement that takes more memory than they do. */
const AT_ONCE = 100;
const LISTED = 50;

/** Actions that change something on a terminal. */
const DOING: ReadonlySet<PlanAction> = new Set(["add", "update", "move", "remove"]);

export interface BookedPlan {
  readonly plan: PlanId;
  readonly kind: PlanKind;
  /** As the operator asked for it; each kind knows its own form. */
  readonly request: unknown;
}

export interface PlanParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** What of an item says who and where it is. */
export type SettledItem = Pick<PlanItem, "terminal" | "userId" | "personId" | "action" | "fingers">;

/** Plans and what became of their items, in the store: a process that is killed leaves what is unfinished on the list. */
export class PlanBook {
  readonly #parts: PlanParts;

  constructor(parts: PlanParts) {
    this.#parts = parts;
  }

  /** Keeps a preview. What needs nothing, or is refused, is settled from the beginning. */
  async enter(kind: PlanKind, request: object, items: readonly PlanItem[], actor: string): Promise<PlanId> {
    const { store, audit, clock } = this.#parts;
    return store.transaction(async (tx) => {
      const { id } = await tx
        .insertInto("plans")
        .values({ kind, request: JSON.stringify(request), actor, created_at: instantOf(clock.now()) })
        .returning("id")
        .executeTakeFirstOrThrow();
      const rows = items.map((item, position) => toRow(id, position, item));
      for (let at = 0; at < rows.length; at += AT_ONCE)
        await tx
          .insertInto("plan_items")
          .values(rows.slice(at, at + AT_ONCE))
          .execute();
      const plan = toPlanId(id);
      const detail = { kind, items: items.length, to: items.filter(({ action }) => DOING.has(action)).length };
      await audit.append(tx, { actor, action: "plans.make", subject: plan, outcome: "succeeded", detail });
      return plan;
    });
  }

  /** Errors: `plan.unknown`. */
  async get(plan: PlanId): Promise<BookedPlan> {
    const row = await this.#parts.store.db
      .selectFrom("plans")
      .selectAll()
      .where("id", "=", toNumber(plan))
      .executeTakeFirst();
    if (row === undefined) throw new TandemError("plan.unknown", { plan });
    return { plan, kind: PlanKind.parse(row.kind), request: JSON.parse(row.request) };
  }

  /** In the order of the preview. Errors: `plan.unknown`. */
  async outcome(plan: PlanId): Promise<PlanOutcome> {
    const { kind } = await this.get(plan);
    const rows = await this.#parts.store.db
      .selectFrom("plan_items")
      .selectAll()
      .where("plan_id", "=", toNumber(plan))
      .orderBy("position")
      .execute();
    const items = rows.map(toItem);
    return { plan, kind, ...countResults(items), items };
  }

  /** Terminals where this plan has something to do, in the order of the preview. */
  async terminals(plan: PlanId): Promise<readonly TerminalName[]> {
    const items = await this.open(plan);
    return [...new Set(items.map(({ terminal }) => terminal))];
  }

  /** What is to be done and was not verified yet; failed items are tried again. */
  async open(plan: PlanId, terminal?: TerminalName): Promise<readonly AppliedItem[]> {
    let query = this.#parts.store.db
      .selectFrom("plan_items")
      .selectAll()
      .where("plan_id", "=", toNumber(plan))
      .where("action", "in", [...DOING])
      .where((row) => row.or([row("result", "is", null), row("result", "=", "failed")]))
      .orderBy("position");
    if (terminal !== undefined) query = query.where("terminal", "=", terminal);
    return (await query.execute()).map(toItem);
  }

  /**
   * What became of items, with what a failure says; null is a success. Each is audited, because it changed what a terminal
   * holds of a person. All in one transaction: a disk takes its time over every one.
   */
  async settle(
    plan: PlanId,
    outcomes: readonly (readonly [SettledItem, TandemError | null])[],
    actor: string,
  ): Promise<void> {
    const { store, audit } = this.#parts;
    if (outcomes.length === 0) return;
    await store.transaction(async (tx) => {
      for (const [{ terminal, userId, personId, action, fingers }, failure] of outcomes) {
        const code = failure?.code ?? null;
        await tx
          .updateTable("plan_items")
          .set({
            result: failure === null ? "verified" : "failed",
            code,
            details: JSON.stringify(failure?.details ?? {}),
          })
          .where("plan_id", "=", toNumber(plan))
          .where("terminal", "=", terminal)
          .where("user_id", "=", userId)
          .execute();
        const detail = { plan, personId, userId, action, fingers, ...(code === null ? {} : { code }) };
        const outcome = failure === null ? "succeeded" : "failed";
        await audit.append(tx, { actor, action: "plans.item", subject: terminal, outcome, detail });
      }
    });
  }

  /** Newest first. */
  async list(): Promise<readonly PlanRow[]> {
    const plans = await this.#parts.store.db
      .selectFrom("plans")
      .selectAll()
      .orderBy("id", "desc")
      .limit(LISTED)
      .execute();
    if (plans.length === 0) return [];
    const counted = await this.#parts.store.db
      .selectFrom("plan_items")
      .select(["plan_id", "result", (row) => row.fn.countAll<number | string>().as("items")])
      .where(
        "plan_id",
        "in",
        plans.map(({ id }) => id),
      )
      .groupBy(["plan_id", "result"])
      .execute();
    return plans.map(({ id, kind, actor, created_at: createdAt }) => {
      const own = counted.filter(({ plan_id: planId }) => planId === id);
      const count = (result: string | null): number => Number(own.find((row) => row.result === result)?.items ?? 0);
      return {
        ...{ plan: toPlanId(id), kind: PlanKind.parse(kind), createdAt: Instant.parse(createdAt), actor },
        items: own.reduce((sum, { items }) => sum + Number(items), 0),
        ...{ done: count("verified"), failed: count("failed"), unfinished: count(null) },
      };
    });
  }
}

export function toNumber(plan: PlanId): number {
  return Number(plan.slice(2));
}

export function toPlanId(id: number): PlanId {
  return PlanId.parse(`P-${String(id).padStart(DIGITS, "0")}`);
}

function countResults(items: readonly AppliedItem[]): { done: number; failed: number; unfinished: number } {
  const count = (result: PlanResult | null): number => items.filter((item) => item.result === result).length;
  return { done: count("verified"), failed: count("failed"), unfinished: count(null) };
}

function toRow(planId: number, position: number, item: PlanItem): Row<"plan_items"> {
  const { personId, userId, newUserId, terminal, action, reason, details, fingers } = item;
  return {
    plan_id: planId,
    position,
    terminal,
    person_id: personId,
    user_id: userId,
    new_user_id: newUserId,
    action,
    reason,
    details: JSON.stringify(details),
    fingers: JSON.stringify(fingers),
    result: DOING.has(action) ? null : "skipped",
    code: DOING.has(action) ? null : reason,
  };
}

function toItem(row: Row<"plan_items">): AppliedItem {
  return {
    personId: row.person_id === null ? null : PersonId.parse(row.person_id),
    userId: row.user_id === null ? null : UserId.parse(row.user_id),
    newUserId: row.new_user_id === null ? null : UserId.parse(row.new_user_id),
    terminal: TerminalName.parse(row.terminal),
    action: PlanAction.parse(row.action),
    reason: row.reason,
    details: Details.parse(JSON.parse(row.details)),
    fingers: Slots.parse(JSON.parse(row.fingers)),
    result: row.result === null ? null : PlanResult.parse(row.result),
    code: row.code,
  };
}
