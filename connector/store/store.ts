import type { Kysely, Transaction } from "kysely";

import type { Schema } from "./schema.ts";

/** A handle on which reads and writes of one transaction run. */
export type Tx = Transaction<Schema>;

/** The database behind the services. One connection, so transactions are serialised. */
export interface Store {
  readonly db: Kysely<Schema>;
  /** Runs `work` in one transaction; a throw rolls everything back. Full disk and read-only become `store.*` errors. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
