import { SecretRef } from "@tandem/contracts/domain/ids.ts";
import { hasCode } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Settings } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";
import type { Secrets } from "../vault/vault.ts";

import { createIdentityPair, exportPrivate, importPair, type RawPair } from "./keys.ts";

const REF = SecretRef.parse("connector:identity");

export interface IdentityParts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly settings: Settings;
}

/** The key by which paired browsers know this connector: made once, kept sealed. Errors: `store.*`. */
export async function loadIdentity({ store, secrets, audit, settings }: IdentityParts): Promise<RawPair> {
  try {
    return importPair(await secrets.get(REF));
  } catch (error) {
    // With a new key every paired browser would take this connector for a stranger, and say so to its user.
    if (!hasCode(error, "store.secret-missing") || settings.clients.length > 0) throw error;
  }
  const pair = createIdentityPair();
  await store.transaction(async (tx) => {
    await secrets.put(REF, exportPrivate(pair.privateKey), tx);
    await audit.append(tx, {
      actor: "connector",
      action: "identity.create",
      subject: "connector",
      outcome: "succeeded",
      detail: { publicKey: pair.publicKey },
    });
  });
  return pair;
}
