import { createHash, hkdfSync } from "node:crypto";
import { inspect } from "node:util";

import { Secret } from "./secret.ts";
import type { MasterKey } from "./vault.ts";

export const MASTER_KEY_BYTES = 32;

/** A master key that prints as its id only. */
export class HeldMasterKey implements MasterKey {
  readonly #bytes: Secret<Uint8Array>;

  constructor(
    readonly keyId: string,
    bytes: Uint8Array,
  ) {
    this.#bytes = new Secret(bytes);
  }

  get bytes(): Uint8Array {
    return this.#bytes.reveal();
  }

  toJSON(): { keyId: string } {
    return { keyId: this.keyId };
  }

  [inspect.custom](): string {
    return `MasterKey ${this.keyId}`;
  }
}

/** Name of a key that tells nothing about it: the same key always has the same name. */
export function keyIdOf(bytes: Uint8Array): string {
  return createHash("sha256").update("tandem key id").update(bytes).digest("hex").slice(0, 16);
}

/** A key for one purpose, so that no two uses ever share key material. */
export function deriveKey(key: MasterKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key.bytes, new Uint8Array(0), purpose, MASTER_KEY_BYTES));
}
