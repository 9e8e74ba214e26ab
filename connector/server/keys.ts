import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  pbkdf2,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import { promisify } from "node:util";

import { PAIRING, type SealedBody, SESSION_KEY_INFO } from "@tandem/contracts/protocol.ts";

const TAG_BYTES = 16;
const derive = promisify(pbkdf2);

/** A private key and its public half as raw 32 bytes in base64. */
export interface RawPair {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

/** The two keys of a session: one signs requests and replies, one seals bodies. */
export interface SessionKeys {
  readonly sign: Buffer;
  readonly seal: Buffer;
}

export function createIdentityPair(): RawPair {
  return withPublicHalf(generateKeyPairSync("ed25519").privateKey);
}

export function createEphemeralPair(): RawPair {
  return withPublicHalf(generateKeyPairSync("x25519").privateKey);
}

/** PKCS #8 bytes of a private key, for the vault only. */
export function exportPrivate(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "pkcs8" });
}

export function importPair(pkcs8: Uint8Array): RawPair {
  return withPublicHalf(createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" }));
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString("base64");
}

/** Whether `signature` over `text` was made by the holder of the raw Ed25519 `publicKey`. */
export function verifyText(publicKey: string, signature: string, text: string): boolean {
  return verify(null, Buffer.from(text), publicKeyOf("Ed25519", publicKey), Buffer.from(signature, "base64"));
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash("sha256").update(data).digest();
}

/** K of a pairing: PBKDF2-SHA256(code, salt, 600,000). Takes a tenth of a second, off the event loop. */
export function pairingKey(code: string, salt: string): Promise<Buffer> {
  return derive(code, Buffer.from(salt, "base64"), PAIRING.pbkdf2Iterations, 32, "sha256");
}

/** Proof of one side of a pairing: HMAC(K, side ‖ T). */
export function pairingProof(key: Buffer, side: "client" | "connector", transcriptHash: Buffer): Buffer {
  return createHmac("sha256", key).update(side).update(transcriptHash).digest();
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** Compares in constant time; a proof of another length is simply wrong. */
export function isSameProof(expected: Buffer, given: string): boolean {
  const bytes = Buffer.from(given, "base64");
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/**
 * Session keys from the two ephemeral halves and what the connector signed (`sessionAnswerText`). Null where the client's
 * half is one of the points whose shared secret is always zero (RFC 7748 §6.1).
 */
export function sessionKeys(privateKey: KeyObject, clientEphemeral: string, answerText: string): SessionKeys | null {
  const shared = sharedSecret(privateKey, clientEphemeral);
  if (shared === null) return null;
  const bits = Buffer.from(hkdfSync("sha256", shared, sha256(answerText), SESSION_KEY_INFO, 64));
  return { sign: bits.subarray(0, 32), seal: bits.subarray(32) };
}

/** Opens a sealed body; null when it was not sealed for exactly this request. */
export function unseal(key: Buffer, additionalData: string, body: SealedBody): Buffer | null {
  const bytes = Buffer.from(body.sealed, "base64");
  if (bytes.length < TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(body.iv, "base64"));
  decipher.setAAD(Buffer.from(additionalData));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // GCM says no more than "does not authenticate"; the caller turns it into `pairing.seal-broken`.
    return null;
  }
}

function sharedSecret(privateKey: KeyObject, publicKey: string): Buffer | null {
  try {
    return diffieHellman({ privateKey, publicKey: publicKeyOf("X25519", publicKey) });
  } catch {
    // OpenSSL refuses an all-zero secret with a bare "derivation failed"; every other key of 32 bytes is a valid point.
    return null;
  }
}

function withPublicHalf(privateKey: KeyObject): RawPair {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (x === undefined) throw new TypeError("not an Edwards or Montgomery key");
  return { privateKey, publicKey: Buffer.from(x, "base64url").toString("base64") };
}

function publicKeyOf(crv: "Ed25519" | "X25519", raw: string): KeyObject {
  const x = Buffer.from(raw, "base64").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv, x }, format: "jwk" });
}
