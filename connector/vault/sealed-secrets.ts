import type { SecretRef } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import type { Store, Tx } from "../store/store.ts";

import { deriveKey } from "./master-key.ts";
import { seal, unseal } from "./seal.ts";
import type { MasterKey, Secrets } from "./vault.ts";

/** Secrets in the table `secrets`; each is bound to its name and key, so rows cannot be exchanged. */
export class SealedSecrets implements Secrets {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #keyId: string;
  readonly #key: Uint8Array;

  constructor(store: Store, clock: Clock, key: MasterKey) {
    this.#store = store;
    this.#clock = clock;
    this.#keyId = key.keyId;
    this.#key = deriveKey(key, "tandem secrets");
  }

  async put(ref: SecretRef, plaintext: Uint8Array, tx?: Tx): Promise<void> {
    const row = {
      key_id: this.#keyId,
      sealed: seal(this.#key, plaintext, boundTo(ref, this.#keyId)),
      updated_at: instantOf(this.#clock.now()),
    };
    await (tx ?? this.#store.db)
      .insertInto("secrets")
      .values({ ref, ...row })
      .onConflict((conflict) => conflict.column("ref").doUpdateSet(row))
      .execute();
  }

  async get(ref: SecretRef): Promise<Uint8Array> {
    const row = await this.#store.db.selectFrom("secrets").selectAll().where("ref", "=", ref).executeTakeFirst();
    if (row === undefined) throw new TandemError("store.secret-missing", { ref });
    const plaintext = row.key_id === this.#keyId ? unseal(this.#key, row.sealed, boundTo(ref, row.key_id)) : null;
    if (plaintext === null) throw new TandemError("store.key-wrong", { ref });
    return plaintext;
  }

  async remove(ref: SecretRef, tx?: Tx): Promise<void> {
    await (tx ?? this.#store.db).deleteFrom("secrets").where("ref", "=", ref).execute();
  }
}

function boundTo(ref: SecretRef, keyId: string): string {
  return `secrets|${ref}|${keyId}`;
}
