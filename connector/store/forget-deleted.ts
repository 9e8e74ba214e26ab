import { type Kysely, sql } from "kysely";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { Schema } from "./schema.ts";
import type { Store } from "./store.ts";

/** How long another program's read is waited for. Nothing else of this process runs meanwhile. */
const WAIT_MS = 1000;

/**
 * Moves committed pages into the database, where `secure_delete` has overwritten what was deleted, and empties SQLite's
 * write-ahead log, in which the old pages still stand. Errors: `vault.not-destroyed` while another program reads the
 * database; what was deleted stays deleted, and its bytes stay on the disk until this is done again.
 */
export async function forgetDeleted(store: Store): Promise<void> {
  if (!(await emptyLog(store.db))) throw new TandemError("vault.not-destroyed");
}

/** Answers whether the write-ahead log is empty now; it is not while another program reads the database. */
export async function emptyLog(db: Kysely<Schema>): Promise<boolean> {
  return await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(connection);
    const usual = rows[0]?.timeout ?? 0;
    await setTimeoutTo(connection, Math.min(usual, WAIT_MS));
    try {
      const checkpoint = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection);
      return checkpoint.rows[0]?.busy === 0;
    } finally {
      await setTimeoutTo(connection, usual);
    }
  });
}

async function setTimeoutTo(connection: Kysely<Schema>, ms: number): Promise<void> {
  await sql`pragma busy_timeout = ${sql.lit(ms)}`.execute(connection);
}
