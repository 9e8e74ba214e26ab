import type { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";
import type { Instant } from "@tandem/contracts/domain/time.ts";

import type { Store } from "../store/store.ts";

const keyOf = (address: TerminalAddress): string => `locked-terminal:${address}`;

/**
 * Which terminals this connector has locked and not unlocked again. Stands in the store before a terminal is locked, so
 * that the first thing after a kill is to unlock it (design §3.11).
 */
export class DisableJournal {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async note(address: TerminalAddress, until: Instant): Promise<void> {
    await this.#store.db
      .insertInto("meta")
      .values({ key: keyOf(address), value: until })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: until }))
      .execute();
  }

  async forget(address: TerminalAddress): Promise<void> {
    await this.#store.db.deleteFrom("meta").where("key", "=", keyOf(address)).execute();
  }

  async isNoted(address: TerminalAddress): Promise<boolean> {
    const row = await this.#store.db
      .selectFrom("meta")
      .select("key")
      .where("key", "=", keyOf(address))
      .executeTakeFirst();
    return row !== undefined;
  }
}
