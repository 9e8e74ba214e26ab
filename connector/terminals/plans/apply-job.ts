import { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { NewJob } from "@tandem/contracts/domain/job.ts";
import {
  CopyRequest,
  type PlanId,
  type PlanKind,
  type PlanPreview,
  RemoveRequest,
} from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { JobHandler, JobItemContext } from "../../jobs/jobs.ts";
import type { Copies } from "../copy/copies.ts";
import type { Leavers } from "../leavers/leavers.ts";
import type { Moves } from "../move/moves.ts";

import type { ApplyContext } from "./apply-plan.ts";
import type { PlanBook } from "./plan-book.ts";

/** Item keys are `apply:name`. */
const APPLY = "apply:";
/** The only item of a preview. */
const MAKE = "make:preview";

/** Terminals work by themselves, and mostly wait for their own flash memory. */
export const APPLIES_AT_ONCE = 16;

export interface ApplyParts {
  readonly plans: PlanBook;
  readonly copies: Copies;
  readonly moves: Moves;
  readonly leavers: Leavers;
}

/** Applies a plan, each terminal by itself, so that a dead one delays only itself. */
export function applyJob({ plans, copies, moves, leavers }: ApplyParts): JobHandler<"plans.apply"> {
  const applies: Record<
    PlanKind,
    (plan: PlanId, request: unknown, name: TerminalName, context: ApplyContext) => Promise<void>
  > = {
    copy: (plan, request, name, context) => copies.apply(plan, CopyRequest.parse(request), name, context),
    move: (plan, _request, name, context) => moves.apply(plan, name, context),
    remove: (plan, request, name, context) => leavers.apply(plan, RemoveRequest.parse(request), name, context),
  };
  return {
    kind: "plans.apply",
    concurrency: APPLIES_AT_ONCE,
    async plan({ plan }) {
      await plans.get(plan);
      return (await plans.terminals(plan)).map((name) => `${APPLY}${name}`);
    },
    async run({ plan }, key, { actor, signal, progress }) {
      const name = TerminalName.parse(key.slice(APPLY.length));
      const { kind, request } = await plans.get(plan);
      await applies[kind](plan, request, name, { actor, signal, progress });
      const failed = (await plans.open(plan, name)).length;
      // A retry of the job then tries these people again.
      if (failed > 0) throw new TandemError("plan.people-failed", { name, failed, plan });
      return { terminal: name };
    },
  };
}

/** Makes a preview of a copy. */
export function makeCopyJob(copies: Copies): JobHandler<"plans.make-copy"> {
  return makeJob("plans.make-copy", ({ request }, context) => copies.plan(request, context.actor, context));
}

/** Makes a preview of a move to new user IDs. */
export function makeMoveJob(moves: Moves): JobHandler<"plans.make-move"> {
  return makeJob("plans.make-move", ({ request }, context) => moves.plan(request, context.actor, context));
}

/** Makes a preview of a removal of people who left. */
export function makeRemovalJob(leavers: Leavers): JobHandler<"plans.make-removal"> {
  return makeJob("plans.make-removal", ({ request }, context) => leavers.plan(request, context.actor, context));
}

type MakeKind = "plans.make-copy" | "plans.make-move" | "plans.make-removal";

/** One item, because what was read is compared as a whole. Its result names the plan. */
function makeJob<K extends MakeKind>(
  kind: K,
  make: (params: Extract<NewJob, { kind: K }>, context: JobItemContext) => Promise<PlanPreview>,
): JobHandler<K> {
  return {
    kind,
    concurrency: 1,
    plan: () => Promise.resolve([MAKE]),
    async run(params, _key, context) {
      const { plan, items } = await make(params, context);
      return { plan, items: items.length };
    },
  };
}
