import { hkdfSync, randomBytes } from "node:crypto";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Store, Tx } from "../store/store.ts";

import { checkKey } from "./key-check.ts";
import { HeldMasterKey, keyIdOf, MASTER_KEY_BYTES } from "./master-key.ts";
import { readRecoveryText, RECOVERY_BYTES, recoveryText } from "./recovery-text.ts";
import { seal, unseal } from "./seal.ts";
import { Secret } from "./secret.ts";
import type { MasterKey } from "./vault.ts";

/** Row of `meta` that holds the wrapped master key. */
const ROW = "recovery";

/** Key id and base64, so that no text of the row is ever quoted by a parser. */
const WRAPPED = /^([0-9a-f]{16}) ([A-Za-z0-9+/]+=*)$/;

/** Where a restored master key is put; never over one that is there. */
export interface KeyRestorer {
  /** Throws `store.key-exists`. */
  restore(bytes: Uint8Array): Promise<MasterKey>;
}

/**
 * Makes the recovery key of a store and keeps the master key wrapped under it. Its text is to be printed, once: it is
 * stored nowhere. Throws `vault.recovery-exists`.
 */
export async function createRecoveryKey(tx: Tx, audit: Audit, master: MasterKey): Promise<Secret<string>> {
  if ((await wrappedKey(tx)) !== undefined) throw new TandemError("vault.recovery-exists");
  const bytes = randomBytes(RECOVERY_BYTES);
  const wrapped = seal(wrappingKey(bytes), master.bytes, boundTo(master.keyId)).toString("base64");
  const value = `${master.keyId} ${wrapped}`;
  await tx.insertInto("meta").values({ key: ROW, value }).execute();
  await audit.append(tx, {
    actor: "connector",
    action: "recovery.create",
    subject: "master key",
    outcome: "succeeded",
  });
  return new Secret(recoveryText(bytes));
}

/**
 * Restores the master key of a store whose key file is lost. Nothing is written unless the key fits the store. Errors:
 * `vault.recovery-mistyped`, `vault.recovery-wrong`, `vault.recovery-missing`, `store.key-wrong`, `store.key-exists`.
 */
export async function restoreMasterKey(store: Store, keys: KeyRestorer, text: string): Promise<MasterKey> {
  const typed = readRecoveryText(text);
  const bytes = await store.transaction(async (tx) => {
    const row = await wrappedKey(tx);
    if (row === undefined) throw new TandemError("vault.recovery-missing");
    const { keyId, wrapped } = parsedRow(row.value);
    const opened = unseal(wrappingKey(typed), Buffer.from(wrapped, "base64"), boundTo(keyId));
    if (opened?.length !== MASTER_KEY_BYTES || keyIdOf(opened) !== keyId) throw new TandemError("vault.recovery-wrong");
    const { first } = await checkKey(tx, new HeldMasterKey(keyId, opened));
    // A store that never saw a key has nothing that this one could open.
    if (first) throw new TandemError("store.key-wrong");
    return opened;
  });
  return await keys.restore(bytes);
}

/** Whether a recovery key was made for this store. */
export async function hasRecoveryKey(tx: Tx): Promise<boolean> {
  return (await wrappedKey(tx)) !== undefined;
}

async function wrappedKey(tx: Tx): Promise<{ value: string } | undefined> {
  return await tx.selectFrom("meta").select("value").where("key", "=", ROW).executeTakeFirst();
}

function parsedRow(value: string): { keyId: string; wrapped: string } {
  const [, keyId, wrapped] = WRAPPED.exec(value) ?? [];
  if (keyId === undefined || wrapped === undefined) {
    throw new TandemError("store.damaged", { finding: "the wrapped master key" });
  }
  return { keyId, wrapped };
}

/** The recovery key is random, so a slow derivation would add nothing. */
function wrappingKey(recovery: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", recovery, new Uint8Array(0), "tandem recovery key", MASTER_KEY_BYTES));
}

function boundTo(keyId: string): string {
  return JSON.stringify(["recovery", keyId]);
}
