import type { PlanKind } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Services } from "../../services.ts";
import type { HandlersOf } from "../handlers.ts";

/** What an operator types. */
const COMMANDS: Readonly<Record<PlanKind, string>> = { copy: "copy", move: "move", remove: "leavers" };

type Commands = "copy.plan" | "move.plan" | "leavers.plan" | "plans.apply" | "plans.list" | "plans.show";

export function planHandlers({
  plans,
  copies,
  moves,
  leavers,
  jobs,
}: Pick<Services, "plans" | "copies" | "moves" | "leavers" | "jobs">): HandlersOf<Commands> {
  return {
    "copy.plan": (request, actor) => copies.plan(request, actor),
    "move.plan": (request, actor) => moves.plan(request, actor),
    "leavers.plan": (request, actor) => leavers.plan(request, actor),
    "plans.apply": async ({ plan, kind }, actor) => {
      // Whoever asks for a copy must not move or remove anybody by a wrong number.
      const booked = await plans.get(plan);
      if (booked.kind !== kind) throw new TandemError("plan.other-kind", { plan, command: COMMANDS[booked.kind] });
      await jobs.finished(await jobs.start({ kind: "plans.apply", plan }, actor));
      return plans.outcome(plan);
    },
    "plans.list": async () => ({ plans: [...(await plans.list())] }),
    "plans.show": ({ plan }) => plans.outcome(plan),
  };
}
