import { SecretRef } from "@tandem/contracts/domain/ids.ts";
import { hasCode } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Store } from "../store/store.ts";
import type { Secrets } from "../vault/vault.ts";

import { createIdentityPair, exportPrivate, importPair, type RawPair } from "./keys.ts";

const REF = SecretRef.parse("connector:identity");

/** The key by which paired browsers know this connector: made once, kept sealed. Errors: `store.*`. */
export async function loadIdentity(deps: { store: Store; secrets: Secrets; audit: Audit }): Promise<RawPair> {
  try {
    return importPair(await deps.secrets.get(REF));
  } catch (error) {
    if (!hasCode(error, "store.secret-missing")) throw error;
  }
  const pair = createIdentityPair();
  await deps.store.transaction(async (tx) => {
    await deps.secrets.put(REF, exportPrivate(pair.privateKey), tx);
    await deps.audit.append(tx, {
      actor: "connector",
      action: "identity.create",
      subject: "connector",
      outcome: "succeeded",
      detail: { publicKey: pair.publicKey },
    });
  });
  return pair;
}
