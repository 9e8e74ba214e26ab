import { TandemError } from "@tandem/contracts/errors.ts";

import { followSignals } from "../platform/follow-signals.ts";

/** Conversations with terminals that are under way, so that the connector can end them before it stops. */
export class Visits {
  readonly #open = new Map<AbortController, Promise<unknown>>();
  #isStopped = false;

  /** Runs `work` with a signal that follows the callers' and that `stop` aborts. Errors: those of `work`. */
  async run<T>(callers: readonly (AbortSignal | undefined)[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const visit = new AbortController();
    const unfollow = followSignals(visit, callers);
    if (this.#isStopped) visit.abort(stopping());
    const working = work(visit.signal);
    this.#open.set(visit, working);
    try {
      return await working;
    } finally {
      this.#open.delete(visit);
      unfollow();
    }
  }

  /** Resolves when every visit has let go of its terminal; later ones are aborted from the beginning. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const open = [...this.#open];
    for (const [visit] of open) visit.abort(stopping());
    await Promise.allSettled(open.map(([, working]) => working));
  }
}

function stopping(): Error {
  return new TandemError("terminal.connection-lost", { step: "closing" });
}
