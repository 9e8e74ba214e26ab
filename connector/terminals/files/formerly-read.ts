import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Store } from "../../store/store.ts";

/**
 * A terminal that was read over the network and removed: its punches are kept under its own source, which one known from
 * files only would not meet. Throws `import.not-comparable`.
 */
export async function refuseFormerlyRead(store: Store, terminal: TerminalName): Promise<void> {
  const removed = await store.db
    .selectFrom("terminals")
    .select("address")
    .where("name", "=", terminal)
    .where("removed_at", "is not", null)
    .executeTakeFirst();
  if (removed !== undefined && removed.address !== null) throw new TandemError("import.not-comparable", { terminal });
}
