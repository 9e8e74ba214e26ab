import { sql } from "kysely";

import type { Store } from "./store.ts";

/**
 * Moves committed pages into the database, where `secure_delete` has overwritten what was deleted, and empties SQLite's
 * write-ahead log, in which the old pages still stand.
 */
export async function forgetDeleted(store: Store): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
}
