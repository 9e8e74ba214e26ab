import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

/** One piece of work per terminal at a time: terminals serve one client, and a second would break the first's session. */
export class TerminalLocks {
  readonly #held = new Set<TerminalName>();

  isHeld(name: TerminalName): boolean {
    return this.#held.has(name);
  }

  /** Errors: `terminal.busy` when the terminal is in use; otherwise those of `work`. */
  async hold<T>(name: TerminalName, work: () => Promise<T>): Promise<T> {
    if (this.#held.has(name)) throw new TandemError("terminal.busy", { name });
    this.#held.add(name);
    try {
      return await work();
    } finally {
      this.#held.delete(name);
    }
  }
}
