import { ChainedAudit } from "../audit/chained-audit.ts";
import type { Clock } from "../platform/clock.ts";
import { type FileRights, posixRights } from "../platform/file-rights.ts";
import { openSettings, type Settings } from "../settings/settings.ts";
import { FileKeyVault } from "../vault/file-key-vault.ts";
import { checkKey } from "../vault/key-check.ts";
import { PersonKeys } from "../vault/person-keys.ts";
import { createRecoveryKey } from "../vault/recovery-key.ts";
import { SealedSecrets } from "../vault/sealed-secrets.ts";
import type { Secret } from "../vault/secret.ts";
import type { KeyVault, MasterKey } from "../vault/vault.ts";

import { type DataFolder, type FolderEnvironment, takeDataFolder } from "./data-folder.ts";
import { openStoreIn } from "./open-store.ts";
import type { Store } from "./store.ts";

export interface DataOptions {
  readonly clock: Clock;
  readonly environment?: Partial<FolderEnvironment>;
  readonly rights?: FileRights;
}

/** Everything the data folder holds, opened. */
export interface Data {
  readonly folder: DataFolder;
  readonly settings: Settings;
  readonly store: Store;
  readonly secrets: SealedSecrets;
  readonly audit: ChainedAudit;
  readonly personKeys: PersonKeys;
  /** Once per data folder; the text is to be printed and is stored nowhere. Throws `vault.recovery-exists`. */
  createRecoveryKey(): Promise<Secret<string>>;
  close(): Promise<void>;
}

/**
 * Opens a data folder in the one order that is safe: check and take the folder, then the settings, then the key
 * (created only where there is no database), then the database, then the proof that both belong together.
 * Errors: `store.*`.
 */
export async function openData(home: string, options: DataOptions): Promise<Data> {
  const folder = await takeDataFolder(home, options.environment);
  try {
    const settings = await openSettings(folder, options.clock);
    const key = await loadOrCreateKey(new FileKeyVault(folder, folder.fs, options.rights ?? posixRights), folder);
    const store = await openStoreIn(folder, () => folder.release());
    try {
      const audit = new ChainedAudit(store, options.clock, key);
      await bind(store, audit, key);
      const secrets = new SealedSecrets(store, options.clock, key);
      const personKeys = new PersonKeys(options.clock, key);
      return {
        folder,
        settings,
        store,
        secrets,
        audit,
        personKeys,
        createRecoveryKey: () => store.transaction((tx) => createRecoveryKey(tx, audit, key)),
        close: () => store.close(),
      };
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function loadOrCreateKey(vault: KeyVault, folder: DataFolder): Promise<MasterKey> {
  if (folder.hadDatabase || (await folder.fs.exists(folder.key))) return vault.load();
  return vault.create();
}

function bind(store: Store, audit: ChainedAudit, key: MasterKey): Promise<void> {
  return store.transaction(async (tx) => {
    const { first } = await checkKey(tx, key);
    if (!first) return;
    await audit.begin(tx);
    await audit.append(tx, { actor: "connector", action: "store.create", subject: "store", outcome: "succeeded" });
  });
}
