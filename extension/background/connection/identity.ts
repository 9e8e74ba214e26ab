import type { ClientId } from "@tandem/contracts/domain/ids.ts";
import type { Instant } from "@tandem/contracts/domain/time.ts";

/** What pairing leaves behind on this side. Only `privateKey` is secret, and it cannot be read out. */
export interface Identity {
  readonly clientId: ClientId;
  readonly privateKey: CryptoKey;
  readonly publicKey: string;
  /** Pinned: every session starts with the connector proving that it holds this key. */
  readonly connectorPublicKey: string;
  /** Where the connector was last seen; only a hint, sessions prove themselves wherever they are opened. */
  readonly port: number;
  readonly label: string;
  readonly fingerprint: string;
  readonly pairedAt: Instant;
}

export interface IdentityStore {
  load(): Promise<Identity | null>;
  save(identity: Identity): Promise<void>;
  clear(): Promise<void>;
}
