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
import type { StoredClient } from "../settings/settings-data.ts";

import type { Clients } from "./clients.ts";
import { createEphemeralPair, type RawPair, type SessionKeys, sessionKeys, signText, verifyText } from "./keys.ts";
import { ReplayWindow } from "./replay-window.ts";

/** A browser worker that has proven its key. Lives in memory only: a new start of the connector ends all of them. */
export interface Session {
  readonly id: SessionId;
  readonly clientId: ClientId;
  readonly origin: string;
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

type Offer = z.infer<typeof SessionRequest>;

/** A worker lives half a minute, so a client opens many; the oldest go first. */
const MOST_PER_CLIENT = 32;

/** Sessions (`browser-and-localhost.md` §9.3): idle limit 15 minutes, absolute limit 8 hours. */
export class Sessions {
  readonly #deps: SessionDeps;
  readonly #bootId = randomUUID();
  readonly #sessions = new Map<string, Session>();
  /** Offers seen, with the time until which `issuedAt` would let them pass again. */
  readonly #offers = new Map<string, number>();

  constructor(deps: SessionDeps) {
    this.#deps = deps;
  }

  /**
   * Errors: `pairing.protocol`, `pairing.client-unknown`, `pairing.client-revoked`, `pairing.bad-signature`,
   * `pairing.replayed`.
   */
  async open(request: Offer, origin: string): Promise<z.infer<typeof SessionReply>> {
    const { clock, clients, identity, port } = this.#deps;
    if (request.protocol !== PROTOCOL_VERSION) {
      throw new TandemError("pairing.protocol", { protocol: request.protocol });
    }
    const client = this.#clientOf(request, origin);
    const { clientId, ephemeral, nonce, issuedAt } = request;
    const offer = { clientId, ephemeral, nonce, issuedAt, port: port() };
    if (!verifyText(client.publicKey, request.signature, sessionOfferText(offer)) || !this.#isTimely(issuedAt)) {
      throw new TandemError("pairing.bad-signature");
    }
    this.#refuseRepeat(request.signature);

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
    const keys = sessionKeys(own.privateKey, ephemeral, text);
    if (keys === null) throw new TandemError("request.invalid", { field: "ephemeral", problem: "a weak key" });
    this.#makeRoom(clientId);
    this.#sessions.set(answer.sessionId, {
      id: answer.sessionId,
      clientId,
      origin,
      keys,
      window: new ReplayWindow(),
      endsAt: now + SESSION.absoluteMs,
      usedAt: now,
    });
    await clients.noteSeen(clientId);
    return { ...answer, signature: signText(identity.privateKey, text) };
  }

  /** The live session of that id. Errors: `pairing.session-unknown`, `pairing.session-expired`, `pairing.client-revoked`. */
  get(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new TandemError("pairing.session-unknown");
    // Asked of the settings each time, so that a withdrawn pairing ends its sessions with the next request.
    const isRevoked = this.#deps.clients.get(session.clientId)?.revokedAt !== null;
    if (isRevoked) throw new TandemError("pairing.client-revoked");
    if (this.#isOver(session)) {
      this.#sessions.delete(id);
      throw new TandemError("pairing.session-expired");
    }
    return session;
  }

  /** Marks a verified request. */
  touch(session: Session): void {
    session.usedAt = this.#deps.clock.now();
  }

  #clientOf({ clientId }: Offer, origin: string): StoredClient {
    const client = this.#deps.clients.get(clientId);
    // The origin is pinned at pairing: another extension that came by the key is nobody we know.
    if (client?.origin !== origin) throw new TandemError("pairing.client-unknown");
    if (client.revokedAt !== null) throw new TandemError("pairing.client-revoked");
    return client;
  }

  #isTimely(issuedAt: string): boolean {
    return Math.abs(this.#deps.clock.now() - Date.parse(issuedAt)) <= SESSION.clockToleranceMs;
  }

  #refuseRepeat(signature: string): void {
    const now = this.#deps.clock.now();
    for (const [seen, until] of this.#offers) if (until < now) this.#offers.delete(seen);
    if (this.#offers.has(signature)) throw new TandemError("pairing.replayed");
    this.#offers.set(signature, now + 2 * SESSION.clockToleranceMs);
  }

  #isOver(session: Session): boolean {
    const now = this.#deps.clock.now();
    return now >= session.endsAt || now - session.usedAt >= SESSION.idleMs;
  }

  #makeRoom(clientId: ClientId): void {
    for (const [id, session] of this.#sessions) if (this.#isOver(session)) this.#sessions.delete(id);
    const own = [...this.#sessions.values()].filter((session) => session.clientId === clientId);
    for (const old of own.slice(0, Math.max(0, own.length - MOST_PER_CLIENT + 1))) this.#sessions.delete(old.id);
  }
}
