import { TandemError } from "@tandem/contracts/errors.ts";

import { errorCodeOf } from "../platform/file-system.ts";

const FULL = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL"]);
const READ_ONLY = new Set(["EACCES", "EPERM", "EROFS", "SQLITE_PERM"]);
const DAMAGED = new Set(["SQLITE_NOTADB"]);
const BUSY = new Set(["SQLITE_BUSY", "SQLITE_LOCKED"]);
const UNUSABLE = new Set([
  "ENOENT",
  "ENOTDIR",
  "EEXIST",
  "EISDIR",
  "ENAMETOOLONG",
  "ELOOP",
  "EIO",
  "EINVAL",
  "ENODEV",
  "ENXIO",
]);

/** Below this much free space an unspecific input/output error of SQLite is a full disk. */
const NEARLY_FULL_BYTES = 64 * 1024;

/**
 * What the operating system or SQLite says about the data folder, as a `store.*` error; anything else unchanged.
 * `freeBytes` is asked only where SQLite does not say why it could not write.
 */
export function toStoreError(error: unknown, folder: string, freeBytes: () => number): unknown {
  const code = errorCodeOf(error);
  if (code === null || error instanceof TandemError) return error;
  const details = { folder, problem: code };
  const as = (name: "disk-full" | "read-only" | "damaged" | "in-use" | "folder-unusable"): TandemError =>
    new TandemError(`store.${name}`, name === "damaged" ? { ...details, finding: messageOf(error) } : details, {
      cause: error,
    });
  if (FULL.has(code)) return as("disk-full");
  if (READ_ONLY.has(code) || code.startsWith("SQLITE_READONLY")) return as("read-only");
  if (DAMAGED.has(code) || code.startsWith("SQLITE_CORRUPT")) return as("damaged");
  if (BUSY.has(code) || code.startsWith("SQLITE_BUSY_") || code.startsWith("SQLITE_LOCKED_")) return as("in-use");
  // SQLite reports a disk that filled up while it extended its shared-memory or log file as a plain I/O error.
  if (code.startsWith("SQLITE_IOERR")) return as(isNearlyFull(freeBytes) ? "disk-full" : "folder-unusable");
  if (UNUSABLE.has(code) || code.startsWith("SQLITE_CANTOPEN")) return as("folder-unusable");
  return error;
}

function isNearlyFull(freeBytes: () => number): boolean {
  try {
    return freeBytes() < NEARLY_FULL_BYTES;
  } catch {
    // A folder that cannot even be asked is not known to be full; the I/O error itself is what gets reported.
    return false;
  }
}

function messageOf(error: unknown): string {
  const hasMessage = typeof error === "object" && error !== null && "message" in error;
  return hasMessage ? String(error.message) : String(error);
}
