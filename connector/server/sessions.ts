import { randomUUID } from "node:crypto";

import type { z } from "zod";

import { type ClientId, SessionId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";
import {
  PROTOCOL_VERSION,
  SESSION,
  type SessionReply,
  type SessionRequest,
  sessionAnswerText,
  sessionOfferText,
} from "@tandem/contracts/protocol.ts";

import { type Clock, instantOf } from "../platform/clock.ts";

import type { Clients } from "./clients.ts";
import { createEphemeralPair, type RawPair, type SessionKeys, sessionKeys, signText, verifyText } from "./keys.ts";
import { ReplayWindow } from "./replay-window.ts";

/** A browser worker that has proven its key. Lives in memory only: a new start of the connector ends all of them. */
export interface Session {
  readonly id: SessionId;
  readonly clientId: ClientId;
  readonly origin: string;
  readonly label: string;
  readonly keys: SessionKeys;
  readonly window: ReplayWindow;
  readonly endsAt: number;
  usedAt: number;
}

export interface SessionDeps {
  readonly clock: Clock;
  readonly clients: Clients;
  readonly identity: RawPair;
  readonly port: () => number;
}

/** A worker lives half a minute, so a client opens many; the oldest go first. */
const MOST_PER_CLIENT = 32;

/** Sessions (`browser-and-localhost.md` §9.3): idle limit 15 minutes, absolute limit 8 hours. */
export class Sessions {
  readonly #deps: SessionDeps;
  readonly #bootId = randomUUID();
  readonly #sessions = new Map<string, Session>();

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    deps.clients.whenRevoked((clientId) => this.#drop(clientId));
  }

  /** Errors: `pairing.protocol`, `pairing.client-unknown`, `pairing.client-revoked`, `pairing.bad-signature`. */
  async open(request: z.infer<typeof SessionRequest>, origin: string): Promise<z.infer<typeof SessionReply>> {
    const { clock, clients, identity, port } = this.#deps;
    if (request.protocol !== PROTOCOL_VERSION)
      throw new TandemError("pairing.protocol", { protocol: request.protocol });
    const client = clients.get(request.clientId);
    if (client === null || client.origin !== origin) throw new TandemError("pairing.client-unknown");
    if (client.revokedAt !== null) throw new TandemError("pairing.client-revoked");
    const { clientId, ephemeral, nonce, issuedAt } = request;
    const offer = { clientId, ephemeral, nonce, issuedAt, port: port() };
    const isTimely = Math.abs(clock.now() - Date.parse(issuedAt)) <= SESSION.clockToleranceMs;
    if (!isTimely || !verifyText(client.publicKey, request.signature, sessionOfferText(offer))) {
      throw new TandemError("pairing.bad-signature");
    }

    const own = createEphemeralPair();
    const now = clock.now();
    const answer = {
      sessionId: SessionId.parse(randomUUID()),
      ephemeral: own.publicKey,
      bootId: this.#bootId,
      serverTime: instantOf(now),
      expiresAt: instantOf(now + SESSION.absoluteMs),
    };
    const text = sessionAnswerText(offer, answer);
    this.#makeRoom(clientId);
    this.#sessions.set(answer.sessionId, {
      id: answer.sessionId,
      clientId,
      origin,
      label: client.label,
      keys: sessionKeys(own.privateKey, ephemeral, text),
      window: new ReplayWindow(),
      endsAt: now + SESSION.absoluteMs,
      usedAt: now,
    });
    await clients.seen(clientId);
    return { ...answer, signature: signText(identity.privateKey, text) };
  }

  /** The live session of that id. Errors: `pairing.session-unknown`, `pairing.session-expired`. */
  get(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new TandemError("pairing.session-unknown");
    const now = this.#deps.clock.now();
    if (now >= session.endsAt || now - session.usedAt >= SESSION.idleMs) {
      this.#sessions.delete(id);
      throw new TandemError("pairing.session-expired");
    }
    return session;
  }

  /** Marks a verified request. */
  touch(session: Session): void {
    session.usedAt = this.#deps.clock.now();
  }

  #drop(clientId: ClientId): void {
    for (const session of this.#sessions.values()) {
      if (session.clientId === clientId) this.#sessions.delete(session.id);
    }
  }

  #makeRoom(clientId: ClientId): void {
    const own = [...this.#sessions.values()].filter((session) => session.clientId === clientId);
    for (const old of own.slice(0, Math.max(0, own.length - MOST_PER_CLIENT + 1))) this.#sessions.delete(old.id);
  }
}
