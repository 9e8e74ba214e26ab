import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { FileRights } from "./file-rights.ts";

/** Runs a program of the system to its end; throws when it fails. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<unknown>;

/** SYSTEM and Administrators, by number: their names differ by language. */
const KEEPERS = ["*S-1-5-18", "*S-1-5-32-544"];

/** Groups that other users of the PC belong to, as SDDL abbreviates them and as numbers. */
const OTHERS: ReadonlySet<string> = new Set([
  ...["WD", "BU", "AU", "BG", "AN", "IU", "NU"],
  ...["S-1-1-0", "S-1-5-32-545", "S-1-5-11", "S-1-5-32-546", "S-1-5-7", "S-1-5-4", "S-1-5-2"],
]);

/**
 * Access lists, through `icacls`. %ProgramData% lets Users read what is created in it, so inheritance is broken
 * (`browser-and-localhost.md` §10); permission bits say nothing on Windows.
 */
export function windowsRights(run: RunProgram, user: string): FileRights {
  return {
    async restrict(folder) {
      const full = [user, ...KEEPERS].map((who) => `${who}:(OI)(CI)F`);
      await run("icacls", [folder, "/inheritance:r", "/grant:r", ...full, "/Q"]);
    },
    async othersCanRead(path) {
      const folder = await mkdtemp(join(tmpdir(), "tandem-acl-"));
      try {
        const saved = join(folder, "acl");
        await run("icacls", [path, "/save", saved, "/Q"]);
        return letsOthersIn(await readFile(saved, "utf16le"));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Whether a saved access list (SDDL, one line per file) allows something to a group of other users. */
export function letsOthersIn(sddl: string): boolean {
  const entries = [...sddl.matchAll(/\(([^()]*)\)/g)].map(([, entry = ""]) => entry.split(";"));
  return entries.some(([type, , , , , trustee = ""]) => type === "A" && OTHERS.has(trustee));
}
