import Database from "better-sqlite3";

import { TandemError } from "@tandem/contracts/errors.ts";

/** Keeps the write-ahead log from staying at the size of the largest import. */
const JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024;

/** Pages kept in memory: what one transaction of the ledger changes, and no more, on a PC that others use. */
const CACHE_KIB = 8000;

/**
 * Opens the database so that a committed transaction survives a power cut (`browser-and-localhost.md` §11).
 * Throws SQLite's own errors.
 */
export function openSqlite(file: string): Database.Database {
  const database = new Database(file, { timeout: 5000 });
  try {
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    // Without it REPLACE removes a row and no delete trigger fires.
    database.pragma("recursive_triggers = ON");
    database.pragma("busy_timeout = 5000");
    database.pragma("secure_delete = ON");
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT}`);
    assertDurable(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Reads back what was set: the driver is compiled with NORMAL as the default of a re-opened WAL database, and a file
 * system without shared memory silently leaves WAL off.
 */
function assertDurable(database: Database.Database, file: string): void {
  const wanted = {
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    secure_delete: 1,
  } as const;
  for (const [pragma, value] of Object.entries(wanted)) {
    const found = database.pragma(pragma, { simple: true });
    if (found !== value) {
      throw new TandemError("store.folder-unusable", { folder: file, problem: `${pragma} is ${String(found)}` });
    }
  }
}

/** What `quick_check` finds wrong, or null. Throws SQLite's own errors where the file cannot even be read. */
export function findDamage(database: Database.Database): string | null {
  const findings = database.pragma("quick_check(5)") as { quick_check: string }[];
  const texts = findings.map((finding) => finding.quick_check);
  return texts.length === 1 && texts[0] === "ok" ? null : texts.join("; ");
}

/**
 * Names of the migrations a database file has seen, read without changing a byte of it. Empty for a file that no
 * migration has touched yet.
 */
export function readMigrationNames(file: string): readonly string[] {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const table = database
      .prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'")
      .get();
    if (table === undefined) return [];
    const rows = database.prepare<[], { name: string }>("select name from kysely_migration order by name").all();
    return rows.map((row) => row.name);
  } finally {
    database.close();
  }
}
