import { AsyncLocalStorage } from "node:async_hooks";
import { statfsSync } from "node:fs";

import type Database from "better-sqlite3";
import { Kysely, type MigrationProvider, Migrator } from "kysely";

import { TandemError } from "@tandem/contracts/errors.ts";

import { type DataFolder, type FolderEnvironment, takeDataFolder } from "./data-folder.ts";
import { emptyLog } from "./forget-deleted.ts";
import { migrationProvider } from "./migrations/all.ts";
import type { Schema } from "./schema.ts";
import { StoreDialect, type TransactionFlow } from "./sqlite-dialect.ts";
import { findDamage, openSqlite, readMigrationNames } from "./sqlite.ts";
import { toStoreError } from "./store-error.ts";
import type { Store, Tx } from "./store.ts";

/**
 * Opens the store in a data folder and holds the folder until `close`. Errors: those of `takeDataFolder`,
 * `store.newer-version` (nothing is changed), `store.damaged`.
 */
export async function openStore(home: string, environment: Partial<FolderEnvironment> = {}): Promise<Store> {
  const folder = await takeDataFolder(home, environment);
  try {
    return await openStoreIn(folder, () => folder.release());
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** As `openStore`, in a folder that is already taken. `released` is called after a clean close. */
export async function openStoreIn(
  folder: DataFolder,
  released: () => void = () => undefined,
  migrations: MigrationProvider = migrationProvider,
): Promise<Store> {
  const translate = (error: unknown): unknown => toStoreError(error, folder.folder, () => freeBytes(folder.folder));
  try {
    if (folder.hadDatabase) await refuseNewer(folder.database, migrations);
    const wasUnclean = await folder.fs.exists(folder.openMark);
    await folder.fs.writeDurably(folder.openMark, "", 0o600);
    const database = openSqlite(folder.database);
    try {
      if (wasUnclean && folder.hadDatabase) refuseDamaged(database);
      const flow: TransactionFlow = new AsyncLocalStorage();
      const db = new Kysely<Schema>({ dialect: new StoreDialect(database, flow, translate) });
      await migrate(db, migrations);
      // A process that was killed after it erased left the erased pages in the log. Where another program reads the
      // database, or the disk is full, they stay for now: that is no reason not to open it, and a purge tells of it.
      await emptyLog(db).catch(() => false);
      return new SqliteStore(db, flow, async () => {
        await folder.fs.remove(folder.openMark);
        released();
      });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw translate(error);
  }
}

async function refuseNewer(file: string, migrations: MigrationProvider): Promise<void> {
  const known = await migrations.getMigrations();
  const unknown = readMigrationNames(file).filter((name) => !Object.hasOwn(known, name));
  const newest = unknown.at(-1);
  if (newest !== undefined) throw new TandemError("store.newer-version", { found: newest });
}

function refuseDamaged(database: Database.Database): void {
  const finding = findDamage(database);
  if (finding !== null) throw new TandemError("store.damaged", { finding });
}

async function migrate(db: Kysely<Schema>, provider: MigrationProvider): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- passes on what the migration threw
  if (error !== undefined) throw error;
}

function freeBytes(folder: string): number {
  const facts = statfsSync(folder);
  return facts.bavail * facts.bsize;
}

class SqliteStore implements Store {
  readonly db: Kysely<Schema>;
  readonly #flow: TransactionFlow;
  readonly #closed: () => Promise<void>;

  constructor(db: Kysely<Schema>, flow: TransactionFlow, closed: () => Promise<void>) {
    this.db = db;
    this.#flow = flow;
    this.#closed = closed;
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.transaction().execute((tx) => {
      const flow = { open: true };
      return this.#flow.run(flow, async () => {
        try {
          return await work(tx);
        } finally {
          flow.open = false;
        }
      });
    });
  }

  async close(): Promise<void> {
    // The connection is handed out once more, so a transaction that is under way ends first.
    await this.db.connection().execute(() => Promise.resolve());
    await this.db.destroy();
    await this.#closed();
  }
}
