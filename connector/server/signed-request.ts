import type { IncomingMessage } from "node:http";

import { TandemError } from "@tandem/contracts/errors.ts";
import { HEADERS, requestText } from "@tandem/contracts/protocol.ts";

import { hmac, isSameProof, sha256 } from "./keys.ts";
import type { Session, Sessions } from "./sessions.ts";

/** What the headers of a request claim, before its body is read. */
export interface Claim {
  readonly session: Session;
  readonly sequence: number;
  readonly signature: string;
}

/**
 * The claim of a request, from its headers alone, so that a stranger cannot make the connector read a body. Errors:
 * `pairing.signature-missing`, `pairing.session-unknown`, `pairing.session-expired`, `pairing.replayed`, `request.origin`.
 */
export function claimOf(request: IncomingMessage, sessions: Sessions): Claim {
  const id = /^Session ([\w-]{1,64})$/.exec(request.headers.authorization ?? "")?.[1];
  const sequence = headerOf(request, HEADERS.sequence);
  const signature = headerOf(request, HEADERS.signature);
  if (id === undefined || !/^[1-9]\d{0,15}$/.test(sequence) || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) {
    throw new TandemError("pairing.signature-missing");
  }
  const session = sessions.get(id);
  const { origin } = request.headers;
  if (origin !== undefined && origin !== session.origin) throw new TandemError("request.origin");
  return { session, sequence: Number(sequence), signature };
}

/** Errors: `pairing.bad-signature`, `pairing.replayed`. A number is used up only by a request that was really signed. */
export function verifyClaim(claim: Claim, request: IncomingMessage, target: string, body: Buffer): void {
  const text = requestText(request.method ?? "", target, claim.sequence, sha256(body).toString("hex"));
  if (!isSameProof(hmac(claim.session.keys.sign, text), claim.signature))
    throw new TandemError("pairing.bad-signature");
  if (!claim.session.window.accept(claim.sequence)) throw new TandemError("pairing.replayed");
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name.toLowerCase()];
  return typeof value === "string" ? value : "";
}
