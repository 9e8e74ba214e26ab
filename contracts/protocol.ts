import { z } from "zod";

import { ClientId, SessionId } from "./domain/ids.ts";
import { Instant } from "./domain/time.ts";
import { PAIRING_CODE } from "./pairing-code.ts";

/**
 * What extension and connector must agree on, byte for byte, to pair, to open a session and to sign requests
 * (`browser-and-localhost.md` §9.3; written out in `contracts/README.md`). Only shapes and canonical texts: no keys, no I/O.
 */
export const PROTOCOL_VERSION = 1;

/** Ports the connector listens on and the extension looks at, in this order. */
export const CONNECTOR_PORTS = [8470, 8471, 8472] as const;

export const PAIRING = {
  codeAlphabet: PAIRING_CODE.alphabet,
  codeLength: PAIRING_CODE.length,
  lifetimeMs: 120_000,
  attemptsPerCode: 5,
  codesPerTenMinutes: 3,
  pbkdf2Iterations: 600_000,
} as const;

export const SESSION = {
  idleMs: 15 * 60_000,
  absoluteMs: 8 * 60 * 60_000,
  /** How far `issuedAt` may lie from the connector's clock. */
  clockToleranceMs: 5 * 60_000,
  /** A sequence number is accepted once, and only if it is not this far below the highest seen. */
  replayWindow: 64,
} as const;

/** Names of the headers of a signed exchange. `Authorization: Session <id>` carries the session. */
export const HEADERS = { sequence: "X-Seq", signature: "X-Signature" } as const;

/** Standard base64 with padding. */
export const Base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "base64");
const base64Of = (bytes: number) =>
  Base64.refine((text) => Math.floor((text.length * 3) / 4) - (text.match(/=/g)?.length ?? 0) === bytes, {
    error: `${bytes} bytes in base64`,
  });

/** A raw 32-byte Ed25519 or X25519 public key, a nonce or a salt. */
export const Bytes32 = base64Of(32);
export const Signature64 = base64Of(64);

export const PairStartRequest = z.object({
  protocol: z.number().int(),
  clientPublicKey: Bytes32,
  clientNonce: Bytes32,
  label: z.string().min(1).max(80),
});
export const PairStartReply = z.object({
  protocol: z.number().int(),
  connectorPublicKey: Bytes32,
  connectorNonce: Bytes32,
  salt: Bytes32,
  iterations: z.number().int(),
});
export const PairConfirmRequest = z.object({ mac: Bytes32 });
export const PairConfirmReply = z.object({ clientId: ClientId, mac: Bytes32 });

export const SessionRequest = z.object({
  protocol: z.number().int(),
  clientId: ClientId,
  ephemeral: Bytes32,
  nonce: Bytes32,
  issuedAt: Instant,
  signature: Signature64,
});
export const SessionReply = z.object({
  sessionId: SessionId,
  ephemeral: Bytes32,
  bootId: z.string(),
  serverTime: Instant,
  expiresAt: Instant,
  signature: Signature64,
});

/** A body that only the session's two ends can read: AES-256-GCM, 96-bit IV, tag appended to the ciphertext. */
export const SealedBody = z.object({ iv: base64Of(12), sealed: Base64 });
export type SealedBody = z.infer<typeof SealedBody>;

/** JSON with sorted keys and no spaces: the same text for the same facts on both sides. Flat objects only. */
export function canonicalJson(facts: Readonly<Record<string, string | number>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Facts both sides mix into the pairing proof; T = SHA-256 of `pairingTranscript`. */
export interface PairingFacts {
  readonly clientPublicKey: string;
  readonly connectorPublicKey: string;
  readonly clientNonce: string;
  readonly connectorNonce: string;
  readonly origin: string;
  readonly port: number;
}

/** Text whose SHA-256 is T. The proofs are HMAC-SHA256(K, "client" ‖ T) and HMAC-SHA256(K, "connector" ‖ T). */
export function pairingTranscript(facts: PairingFacts): string {
  return canonicalJson({ ...facts, protocol: PROTOCOL_VERSION, purpose: "tandem-pairing" });
}

export interface SessionOffer {
  readonly clientId: string;
  readonly ephemeral: string;
  readonly nonce: string;
  readonly issuedAt: string;
  readonly port: number;
}

/** Text that the client signs with its Ed25519 key. */
export function sessionOfferText(offer: SessionOffer): string {
  return canonicalJson({ ...offer, protocol: PROTOCOL_VERSION, purpose: "tandem-session-offer" });
}

export interface SessionAnswer {
  readonly sessionId: string;
  readonly ephemeral: string;
  readonly bootId: string;
  readonly serverTime: string;
  readonly expiresAt: string;
}

/**
 * Text that the connector signs. Its SHA-256 is also the salt of the session key:
 * HKDF-SHA256(ikm = X25519, salt, info = "tandem session key", 64 bytes): the first 32 sign, the last 32 seal.
 */
export function sessionAnswerText(offer: SessionOffer, answer: SessionAnswer): string {
  return canonicalJson({
    offer: sessionOfferText(offer),
    ...answer,
    protocol: PROTOCOL_VERSION,
    purpose: "tandem-session-answer",
  });
}

export const SESSION_KEY_INFO = "tandem session key";

/** Text that a request's HMAC covers. `bodySha256` is lower-case hex, of zero bytes where there is no body. */
export function requestText(method: string, pathAndQuery: string, sequence: number, bodySha256: string): string {
  return `${method.toUpperCase()}\n${pathAndQuery}\n${sequence}\n${bodySha256}`;
}

/** Text that a reply's HMAC covers; `sequence` is the request's, so a reply cannot be moved to another request. */
export function replyText(status: number, sequence: number, bodySha256: string): string {
  return `reply\n${status}\n${sequence}\n${bodySha256}`;
}

/** Additional data of a sealed body: ties the ciphertext to one request. */
export function sealText(method: string, pathAndQuery: string, sequence: number): string {
  return `seal\n${method.toUpperCase()}\n${pathAndQuery}\n${sequence}`;
}
