import { access, mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Files as the data folder needs them. Errors are the operating system's (`code` is ENOSPC, EACCES …). */
export interface FileSystem {
  /** UTF-8 text, or null when there is no such file. */
  readText(path: string): Promise<string | null>;
  exists(path: string): Promise<boolean>;
  /** Permission bits, e.g. 0o600. */
  modeOf(path: string): Promise<number>;
  /** The path with every link and mapped drive resolved. */
  realPath(path: string): Promise<string>;
  /** Creates the folder and its parents; leaves an existing one as it is. */
  createFolder(path: string, mode: number): Promise<void>;
  /** Creates an empty file where there is none, and proves that it may be written. */
  touch(path: string, mode: number): Promise<void>;
  /** Replaces the file as a whole: after a power cut it holds the old text or the new one. */
  writeDurably(path: string, text: string, mode: number): Promise<void>;
  /** No error when there is no such file. */
  remove(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  async readText(path) {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (errorCodeOf(error) === "ENOENT") return null;
      throw error;
    }
  },
  async exists(path) {
    try {
      await access(path);
      return true;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") return false;
      throw error;
    }
  },
  async modeOf(path) {
    return (await stat(path)).mode & 0o777;
  },
  realPath: (path) => realpath(path),
  async createFolder(path, mode) {
    await mkdir(path, { recursive: true, mode });
  },
  async touch(path, mode) {
    await (await open(path, "a", mode)).close();
  },
  async writeDurably(path, text, mode) {
    const temporary = join(dirname(path), `.${basename(path)}.new`);
    // A leftover of a killed process may have other permissions, and `mode` applies only to a file that is created.
    await rm(temporary, { force: true });
    try {
      const file = await open(temporary, "wx", mode);
      try {
        await file.writeFile(text, "utf8");
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  },
  async remove(path) {
    await rm(path, { force: true });
  },
};

/** `ENOENT`, `SQLITE_FULL` …, or null when the error carries no code. */
export function errorCodeOf(error: unknown): string | null {
  // By shape, not by class: an error of another realm (a worker, a test runner's sandbox) is not an instance of ours.
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? error.code : null;
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no way to open a folder for syncing; NTFS journals the rename itself.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
