import Database from "better-sqlite3";

/** Closing is what gives a lock back, and the garbage collector closes what nobody refers to. */
const held = new Set<Database.Database>();

/**
 * Holds the data folder for this process. The lock is SQLite's own lock on an empty file, so it belongs to the
 * operating system on every platform and is gone with the process, however that ends: there is no stale lock.
 * Nothing else may open the file: on POSIX systems, closing any handle of it gives back the locks of the process.
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
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
