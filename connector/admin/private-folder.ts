import { lstat } from "node:fs/promises";

import { TandemError } from "@tandem/contracts/errors.ts";

/**
 * Proves that nobody else can swap what lies in a folder: in the shared temporary place another user may have made one, or
 * a link, of the expected name. Errors: `store.folder-unusable`; the system's own where there is no folder.
 */
export async function requirePrivateFolder(folder: string): Promise<void> {
  const facts = await lstat(folder);
  const isOurs = facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
  if (!isOurs) throw new TandemError("store.folder-unusable", { folder });
}
