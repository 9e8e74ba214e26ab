import Database from "better-sqlite3";

/**
 * Holds the data folder for this process. The lock is SQLite's own lock on an empty file, so it belongs to the
 * operating system on every platform and is gone with the process, however that ends: there is no stale lock.
 * Throws SQLite's errors; `SQLITE_BUSY` when another process (or another store in this one) holds it.
 */
export function lockFolder(file: string): () => void {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
}
