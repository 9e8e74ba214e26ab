import {
  createHash,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  pbkdf2Sync,
  sign,
  verify,
} from "node:crypto";

import { PAIRING, SESSION_KEY_INFO } from "@tandem/contracts/protocol.ts";

/** The connector's half of the protocol on node:crypto, so that the extension's WebCrypto half meets another library. */

export interface RawPair {
  readonly privateKey: KeyObject;
  /** Raw 32 bytes, base64. */
  readonly publicKey: string;
}

export function rawPair(kind: "ed25519" | "x25519"): RawPair {
  const { privateKey, publicKey } = kind === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519");
  return { privateKey, publicKey: rawOf(publicKey) };
}

function rawOf(key: KeyObject): string {
  const { x } = key.export({ format: "jwk" });
  if (x === undefined) throw new TypeError("not an Edwards or Montgomery key");
  return Buffer.from(x, "base64url").toString("base64");
}

function publicOf(crv: "Ed25519" | "X25519", raw: string): KeyObject {
  return createPublicKey({
    key: { kty: "OKP", crv, x: Buffer.from(raw, "base64").toString("base64url") },
    format: "jwk",
  });
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString("base64");
}

export function verifyText(publicKey: string, signature: string, text: string): boolean {
  return verify(null, Buffer.from(text), publicOf("Ed25519", publicKey), Buffer.from(signature, "base64"));
}

export function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

export function pairingMac(code: string, salt: string, side: "client" | "connector", transcript: string): string {
  const key = pbkdf2Sync(code, Buffer.from(salt, "base64"), PAIRING.pbkdf2Iterations, 32, "sha256");
  return createHmac("sha256", key).update(side).update(sha256(transcript)).digest("base64");
}

export interface SessionSecrets {
  readonly sign: Buffer;
  readonly seal: Buffer;
}

export function sessionSecrets(ephemeral: RawPair, clientEphemeral: string, answerText: string): SessionSecrets {
  const shared = diffieHellman({
    privateKey: createPrivateKey(ephemeral.privateKey.export({ format: "pem", type: "pkcs8" })),
    publicKey: publicOf("X25519", clientEphemeral),
  });
  const bits = Buffer.from(hkdfSync("sha256", shared, sha256(answerText), SESSION_KEY_INFO, 64));
  return { sign: bits.subarray(0, 32), seal: bits.subarray(32) };
}

export function hmac(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

export function unseal(key: Buffer, additionalData: string, body: { iv: string; sealed: string }): string {
  const sealed = Buffer.from(body.sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(body.iv, "base64"));
  decipher.setAAD(Buffer.from(additionalData));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(0, -16)).toString() + decipher.final().toString();
}
