import { TandemError } from "@tandem/contracts/errors.ts";

import { posixRights } from "../platform/file-rights.ts";
import { nodeFileSystem } from "../platform/file-system.ts";
import { FileKeyVault } from "../vault/file-key-vault.ts";
import { restoreMasterKey } from "../vault/recovery-key.ts";

import { dataPaths } from "./data-folder.ts";
import { type DataOptions, openData } from "./open-data.ts";
import { openStore } from "./open-store.ts";

/**
 * Puts back the lost key file of a data folder with its printed recovery key, and writes that into the audit log.
 * Errors: `vault.recovery-*`, `store.*`.
 */
export async function restoreKey(home: string, text: string, options: DataOptions): Promise<void> {
  await putBack(home, text, options);
  const data = await openData(home, options);
  try {
    const entry = { actor: "cli", action: "recovery.restore", subject: "master key", outcome: "succeeded" } as const;
    await data.store.transaction((tx) => data.audit.append(tx, entry));
  } finally {
    await data.close();
  }
}

async function putBack(home: string, text: string, { environment, rights = posixRights }: DataOptions): Promise<void> {
  const paths = dataPaths(home);
  const fs = environment?.fs ?? nodeFileSystem;
  // Opening would make a database where there is none, and one without a key can never be used.
  if (!(await fs.exists(paths.database))) throw new TandemError("vault.recovery-missing");
  const store = await openStore(home, environment);
  try {
    await restoreMasterKey(store, new FileKeyVault(paths, fs, rights), text);
  } finally {
    await store.close();
  }
}
