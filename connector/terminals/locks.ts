import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

/**
 * Whose work it is. Listening for punches makes way for a scheduled read, and both make way for an operator, who never
 * hears `terminal.busy` because of what Tandem does by itself.
 */
export type WorkRank = "operator" | "scheduled" | "live";

const WEIGHT: Readonly<Record<WorkRank, number>> = { operator: 2, scheduled: 1, live: 0 };

/** A piece of work that holds a terminal, or waits for the one before it to leave. */
interface Holder {
  readonly rank: WorkRank;
  readonly leave: AbortController;
  /** Resolves when this work has let go. */
  readonly gone: Promise<void>;
}

/**
 * One piece of work per terminal at a time: terminals serve one client, and a second would break the first's session. The
 * address counts as well as the name, because one device may be registered twice.
 */
export class TerminalLocks {
  /** The latest of those that were let in: the only one that may hold the terminal or is next to. */
  readonly #held = new Map<TerminalName | TerminalAddress, Holder>();

  /**
   * Runs `work` alone. Work of a lower rank is asked to leave (its signal is aborted) and waited for. Errors:
   * `terminal.busy` when work of the same or a higher rank holds the terminal; otherwise those of `work`.
   */
  async hold<T>(
    key: TerminalName | TerminalAddress,
    work: (leave: AbortSignal) => Promise<T>,
    rank: WorkRank = "operator",
  ): Promise<T> {
    const before = this.#held.get(key);
    if (before !== undefined && WEIGHT[before.rank] >= WEIGHT[rank])
      throw new TandemError("terminal.busy", { name: key });
    const leave = new AbortController();
    let letGo = (): void => undefined;
    const holder: Holder = { rank, leave, gone: new Promise((resolve) => (letGo = resolve)) };
    this.#held.set(key, holder);
    try {
      if (before !== undefined) {
        before.leave.abort(new TandemError("terminal.busy", { name: key }));
        await before.gone;
        // Somebody of a higher rank came while this was waiting.
        leave.signal.throwIfAborted();
      }
      return await work(leave.signal);
    } finally {
      letGo();
      if (this.#held.get(key) === holder) this.#held.delete(key);
    }
  }
}
