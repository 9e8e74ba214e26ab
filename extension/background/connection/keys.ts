import { PAIRING, SESSION_KEY_INFO } from "@tandem/contracts/protocol.ts";

import { type Bytes, fromBase64, toBase64, utf8 } from "./bytes.ts";

/** A key pair whose private half WebCrypto never gives out, and its public half as the protocol sends it. */
export interface PublicPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: string;
}

/** The two keys of a session: one signs requests and replies, one seals bodies. */
export interface SessionKeys {
  readonly sign: CryptoKey;
  readonly seal: CryptoKey;
}

/** A new Ed25519 identity of this browser profile; not extractable, so no page and no backup can carry it away. */
export function createIdentityPair(): Promise<PublicPair> {
  return createPair("Ed25519", ["sign", "verify"]);
}

/** A new X25519 pair for one session. */
export function createEphemeralPair(): Promise<PublicPair> {
  return createPair("X25519", ["deriveBits"]);
}

export async function signText(privateKey: CryptoKey, text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, utf8(text))));
}

/** Whether `signature` over `text` was made by the holder of `publicKey`. */
export async function verifyText(publicKey: string, signature: string, text: string): Promise<boolean> {
  const key = await crypto.subtle.importKey("raw", fromBase64(publicKey), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, fromBase64(signature), utf8(text));
}

/** K of the pairing: what only somebody who knows the code can compute within its lifetime. */
export async function derivePairingKey(code: string, salt: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(code), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(salt), iterations: PAIRING.pbkdf2Iterations },
    material,
    256,
  );
  return importHmac(new Uint8Array(bits));
}

/** Keys of a session from both ephemeral halves; `answerText` is what the connector signed (`sessionAnswerText`). */
export async function deriveSessionKeys(
  privateKey: CryptoKey,
  connectorEphemeral: string,
  answerText: string,
): Promise<SessionKeys> {
  const peer = await crypto.subtle.importKey("raw", fromBase64(connectorEphemeral), "X25519", false, []);
  const shared = await crypto.subtle.deriveBits({ name: "X25519", public: peer }, privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const salt = await sha256(utf8(answerText));
  const info = utf8(SESSION_KEY_INFO);
  const bits = new Uint8Array(
    await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, material, 512),
  );
  return {
    sign: await importHmac(bits.subarray(0, 32)),
    seal: await crypto.subtle.importKey("raw", bits.subarray(32), "AES-GCM", false, ["encrypt"]),
  };
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export async function hmac(key: CryptoKey, message: Bytes): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)));
}

/** Compares in constant time, which WebCrypto's verify does and `===` does not. */
export function hmacMatches(key: CryptoKey, mac: string, message: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", key, fromBase64(mac), message);
}

export async function encrypt(key: CryptoKey, iv: Bytes, additionalData: Bytes, plain: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain));
}

function importHmac(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

async function createPair(name: "Ed25519" | "X25519", usages: KeyUsage[]): Promise<PublicPair> {
  const pair = await crypto.subtle.generateKey(name, false, usages);
  if (!("privateKey" in pair)) throw new TypeError(`${name} gave no key pair`);
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: toBase64(new Uint8Array(raw)) };
}
