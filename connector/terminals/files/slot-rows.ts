import { TandemError } from "@tandem/contracts/errors.ts";

import type { Store } from "../../store/store.ts";

import type { ImportTarget } from "./import-target.ts";

/** Rows that name a slot and no user ID (`zk-pull.md` §2.5): the pull driver's keys begin with `#` there. */
export const SLOT_ROW_BYTES = 8;
export const SLOT_KEY = "#%";

/**
 * A terminal whose own log names slots only keeps its punches under keys that a file with user IDs cannot meet. Throws
 * `import.not-comparable`.
 */
export async function refuseSlotRows(store: Store, { source, terminal }: ImportTarget): Promise<void> {
  const row = await store.db
    .selectFrom("punches")
    .select("raw")
    .where("source", "=", source)
    .where("source_key", "like", SLOT_KEY)
    .limit(1)
    .executeTakeFirst();
  if (row?.raw.length === SLOT_ROW_BYTES) throw new TandemError("import.not-comparable", { terminal });
}
