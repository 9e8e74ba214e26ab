import type { SessionId } from "@tandem/contracts/domain/ids.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";
import { ROUTES } from "@tandem/contracts/http.ts";
import {
  PROTOCOL_VERSION,
  SESSION,
  SessionReply,
  sessionAnswerText,
  sessionOfferText,
} from "@tandem/contracts/protocol.ts";

import { randomBytes, toBase64, utf8 } from "./bytes.ts";
import { type ConnectorHttp, errorOf, jsonOf } from "./http.ts";
import type { Identity } from "./identity.ts";
import { createEphemeralPair, deriveSessionKeys, type SessionKeys, signText, verifyText } from "./keys.ts";

/** An open session with a connector that has proven itself. Lives in memory only; a new worker opens a new one. */
export class Session {
  readonly id: SessionId;
  readonly port: number;
  readonly keys: SessionKeys;
  readonly #openedAt: number;
  #usedAt: number;
  #sequence = 0;

  constructor(id: SessionId, port: number, keys: SessionKeys, openedAt: number) {
    this.id = id;
    this.port = port;
    this.keys = keys;
    this.#openedAt = openedAt;
    this.#usedAt = openedAt;
  }

  /** Number of the next request; each is used once. */
  nextSequence(now: number): number {
    this.#usedAt = now;
    this.#sequence += 1;
    return this.#sequence;
  }

  /** Whether the connector has certainly let go of the session, so that asking it again would be in vain. */
  isOver(now: number): boolean {
    return now - this.#usedAt >= SESSION.idleMs || now - this.#openedAt >= SESSION.absoluteMs;
  }
}

/**
 * Opens a session at a port. Nothing but public facts is sent before the connector's signature over both halves has been
 * verified; `pairing.connector-not-proven` where it fails.
 */
export async function openSession(
  http: ConnectorHttp,
  identity: Identity,
  port: number,
  now: () => number,
): Promise<Session> {
  const ephemeral = await createEphemeralPair();
  const offer = {
    clientId: identity.clientId,
    ephemeral: ephemeral.publicKey,
    nonce: toBase64(randomBytes(32)),
    issuedAt: Instant.parse(new Date(now()).toISOString()),
    port,
  };
  const { clientId, nonce, issuedAt } = offer;
  const signature = await signText(identity.privateKey, sessionOfferText(offer));
  const reply = await http.send(port, {
    method: ROUTES["session.open"].method,
    target: ROUTES["session.open"].path,
    body: utf8(
      JSON.stringify({ protocol: PROTOCOL_VERSION, clientId, ephemeral: offer.ephemeral, nonce, issuedAt, signature }),
    ),
  });
  if (reply.status !== 200) throw errorOf(reply);

  const answer = SessionReply.safeParse(jsonOf(reply.body));
  if (!answer.success) throw new TandemError("pairing.connector-not-proven", { port });
  const { signature: proof, ...facts } = answer.data;
  const answerText = sessionAnswerText(offer, facts);
  if (!(await verifyText(identity.connectorPublicKey, proof, answerText))) {
    throw new TandemError("pairing.connector-not-proven", { port });
  }
  const keys = await deriveSessionKeys(ephemeral.privateKey, facts.ephemeral, answerText);
  return new Session(facts.sessionId, port, keys, now());
}
