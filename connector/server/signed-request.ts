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
 * `pairing.signature-missing`, `pairing.session-unknown`, `pairing.session-expired`, `pairing.client-revoked`.
 */
export function claimOf(request: IncomingMessage, sessions: Sessions): Claim {
  const id = /^Session ([\w-]{1,64})$/.exec(request.headers.authorization ?? "")?.[1];
  const sequence = headerOf(request, HEADERS.sequence);
  const signature = headerOf(request, HEADERS.signature);
  if (id === undefined || !/^[1-9]\d{0,14}$/.test(sequence) || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) {
    throw new TandemError("pairing.signature-missing");
  }
  const session = sessions.get(id);
  const { origin } = request.headers;
  // A session belongs to the browser that opened it; to another paired one it does not exist.
  if (origin !== undefined && origin !== session.origin) throw new TandemError("pairing.session-unknown");
  return { session, sequence: Number(sequence), signature };
}

/** Errors: `pairing.replayed`. */
export function refuseReplay({ session, sequence }: Claim): void {
  if (!session.window.isFresh(sequence)) throw new TandemError("pairing.replayed");
}

/** Errors: `pairing.bad-signature`, `pairing.replayed`. A number is used up only by a request that was really signed. */
export function verifyClaim(claim: Claim, method: string, target: string, body: Buffer): void {
  const { session, sequence, signature } = claim;
  const text = requestText(method, target, sequence, sha256(body).toString("hex"));
  if (!isSameProof(hmac(session.keys.sign, text), signature)) throw new TandemError("pairing.bad-signature");
  if (!session.window.accept(sequence)) throw new TandemError("pairing.replayed");
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name.toLowerCase()];
  return typeof value === "string" ? value : "";
}
