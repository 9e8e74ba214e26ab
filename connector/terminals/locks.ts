import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

/**
 * One piece of work per terminal at a time: terminals serve one client, and a second would break the first's session. The
 * address counts as well as the name, because one device may be registered twice.
 */
export class TerminalLocks {
  readonly #held = new Set<TerminalName | TerminalAddress>();

  /** Errors: `terminal.busy` when the terminal is in use; otherwise those of `work`. */
  async hold<T>(key: TerminalName | TerminalAddress, work: () => Promise<T>): Promise<T> {
    if (this.#held.has(key)) throw new TandemError("terminal.busy", { name: key });
    this.#held.add(key);
    try {
      return await work();
    } finally {
      this.#held.delete(key);
    }
  }
}
