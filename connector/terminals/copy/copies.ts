import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { CopyRequest, PlanId, PlanPreview } from "@tandem/contracts/domain/plan.ts";

import type { ApplyContext, MakeContext } from "../plans/apply-plan.ts";

import { applyCopy } from "./apply-copy.ts";
import type { KeepCopies } from "./keep-copies.ts";
import { type CopyParts, makeCopyPlan } from "./make-copy-plan.ts";
import type { LoadedSource } from "./source.ts";

export interface CopiesParts extends CopyParts {
  readonly keep: KeepCopies;
}

/** A source in memory while terminals are written from it. */
interface Shared {
  users: number;
  readonly loaded: Promise<LoadedSource>;
}

/** Enrol once, copy to every other terminal (`product.md` F1–F4). */
export class Copies {
  readonly #parts: CopiesParts;
  readonly #shared = new Map<PlanId, Shared>();

  constructor(parts: CopiesParts) {
    this.#parts = parts;
  }

  /** Errors: see `makeCopyPlan`. */
  plan(request: CopyRequest, actor: string, context?: MakeContext): Promise<PlanPreview> {
    return makeCopyPlan(this.#parts, request, actor, context);
  }

  /** Brings one terminal to what the plan shows. The source is read once for all terminals at work. Errors: see `applyCopy`. */
  async apply(plan: PlanId, request: CopyRequest, name: TerminalName, context: ApplyContext): Promise<void> {
    const shared = this.#share(plan, request, context);
    try {
      await applyCopy(this.#parts, plan, request, name, () => shared.loaded, context);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) this.#shared.delete(plan);
    }
  }

  #share(plan: PlanId, request: CopyRequest, { actor }: ApplyContext): Shared {
    const { loadSource, keep } = this.#parts;
    const load = async (): Promise<LoadedSource> => {
      const source = await loadSource(request, actor);
      await keep(source, request, actor);
      return source;
    };
    const known = this.#shared.get(plan);
    const shared = known ?? { users: 0, loaded: load() };
    // Whoever waits for it hears of its failure; nobody else has to.
    shared.loaded.catch(() => undefined);
    shared.users += 1;
    this.#shared.set(plan, shared);
    return shared;
  }
}
