import { randomBytes } from "node:crypto";

import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import type { Tx } from "../store/store.ts";

import { deriveKey, MASTER_KEY_BYTES } from "./master-key.ts";
import { seal, unseal } from "./seal.ts";
import type { MasterKey } from "./vault.ts";

/**
 * One random data key per person, wrapped by the master key. Deleting the row makes all that is sealed with it
 * unreadable, also in old pages of the disk and in backups of the templates alone.
 */
export class PersonKeys {
  readonly #clock: Clock;
  readonly #keyId: string;
  readonly #key: Uint8Array;

  constructor(clock: Clock, key: MasterKey) {
    this.#clock = clock;
    this.#keyId = key.keyId;
    this.#key = deriveKey(key, "tandem person keys");
  }

  /** Null when the person has none. Throws `store.key-wrong`. */
  async find(tx: Tx, personId: PersonId): Promise<Uint8Array | null> {
    const row = await tx.selectFrom("person_keys").selectAll().where("person_id", "=", personId).executeTakeFirst();
    if (row === undefined) return null;
    const key = row.key_id === this.#keyId ? unseal(this.#key, row.wrapped, boundTo(personId, row.key_id)) : null;
    if (key?.length !== MASTER_KEY_BYTES) throw new TandemError("store.key-wrong", { ref: `person:${personId}` });
    return key;
  }

  /** The person's key, made where there is none. Throws `store.key-wrong`. */
  async obtain(tx: Tx, personId: PersonId): Promise<Uint8Array> {
    const found = await this.find(tx, personId);
    if (found !== null) return found;
    const key = randomBytes(MASTER_KEY_BYTES);
    await tx
      .insertInto("person_keys")
      .values({
        person_id: personId,
        key_id: this.#keyId,
        wrapped: seal(this.#key, key, boundTo(personId, this.#keyId)),
        created_at: instantOf(this.#clock.now()),
      })
      .execute();
    return key;
  }
}

function boundTo(personId: PersonId, keyId: string): string {
  return JSON.stringify(["person-key", personId, keyId]);
}
