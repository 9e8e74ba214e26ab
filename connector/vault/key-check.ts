import { createHmac, timingSafeEqual } from "node:crypto";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { Tx } from "../store/store.ts";

import { deriveKey } from "./master-key.ts";
import type { MasterKey } from "./vault.ts";

/**
 * Ties a database to its master key. The first key a database sees is written down (as a value that proves it and
 * reveals nothing); any other is `store.key-wrong` from then on. Answers whether the database was new.
 */
export async function checkKey(tx: Tx, key: MasterKey): Promise<{ first: boolean }> {
  const expected = createHmac("sha256", deriveKey(key, "tandem key check")).update(key.keyId).digest();
  const row = await tx.selectFrom("meta").select("value").where("key", "=", "key-check").executeTakeFirst();
  if (row !== undefined) {
    const found = Buffer.from(row.value, "hex");
    if (found.length !== expected.length || !timingSafeEqual(found, expected)) throw new TandemError("store.key-wrong");
    return { first: false };
  }
  // Sealed data without a check value is a database whose check was removed, not a new one.
  if (await holdsSealedData(tx)) throw new TandemError("store.key-wrong");
  await tx
    .insertInto("meta")
    .values({ key: "key-check", value: expected.toString("hex") })
    .execute();
  return { first: true };
}

async function holdsSealedData(tx: Tx): Promise<boolean> {
  const secret = await tx.selectFrom("secrets").select("ref").limit(1).executeTakeFirst();
  const entry = await tx.selectFrom("audit").select("seq").limit(1).executeTakeFirst();
  return secret !== undefined || entry !== undefined;
}
