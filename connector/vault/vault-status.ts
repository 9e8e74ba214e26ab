import { sql } from "kysely";

import type { VaultStatus } from "@tandem/contracts/domain/vault.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Store } from "../store/store.ts";

import { hasRecoveryKey } from "./recovery-key.ts";

/** The site's switches about biometric data. */
export interface VaultSettings {
  /** Templates are kept without expiry. */
  readonly keepCopies: boolean;
  /** Nothing biometric is read, copied or stored. */
  readonly noBiometrics: boolean;
}

/** Numbers about what is sealed, and nothing of what is in it. */
export async function readVaultStatus(store: Store, { keepCopies, noBiometrics }: VaultSettings): Promise<VaultStatus> {
  return await store.transaction(async (tx) => {
    const { sealed, expiring, people } = await tx
      .selectFrom("templates")
      .select([
        (row) => row.fn.countAll<number>().as("sealed"),
        (row) => row.fn.count<number>("expires_at").as("expiring"),
        sql<number>`count(distinct person_id)`.as("people"),
      ])
      .executeTakeFirstOrThrow();
    const recoveryKey = await hasRecoveryKey(tx);
    return { sealed, kept: sealed - expiring, expiring, people, keepCopies, noBiometrics, recoveryKey };
  });
}

/** Errors: `vault.no-recovery-key` where losing the key file would lose what is sealed. */
export async function lookAtRecovery(store: Store, settings: VaultSettings): Promise<Record<string, unknown>> {
  const { sealed, recoveryKey } = await readVaultStatus(store, settings);
  if (sealed > 0 && !recoveryKey) throw new TandemError("vault.no-recovery-key", { sealed });
  return { sealed, recoveryKey };
}
