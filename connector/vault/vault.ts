import type { SecretRef } from "@tandem/contracts/domain/ids.ts";

import type { Tx } from "../store/store.ts";

/** The key that seals everything else; `keyId` is kept with each sealed record so that keys can be rotated. */
export interface MasterKey {
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

/** Where the master key lives: a file with strict permissions now; DPAPI and keychains fit the same interface. */
export interface KeyVault {
  /** `store.key-missing`, `store.key-exposed`, `store.key-wrong`. */
  load(): Promise<MasterKey>;
  /** Only for a data folder that has no database yet; refuses to replace an existing key. */
  create(): Promise<MasterKey>;
}

/** Sealed secrets in the store: connector key, HR credentials, comm keys. */
export interface Secrets {
  /** Seals and stores. Inside `tx` when the secret belongs to another effect. */
  put(ref: SecretRef, plaintext: Uint8Array, tx?: Tx): Promise<void>;
  /** `store.secret-missing`, `store.key-wrong`. */
  get(ref: SecretRef): Promise<Uint8Array>;
  remove(ref: SecretRef, tx?: Tx): Promise<void>;
}
