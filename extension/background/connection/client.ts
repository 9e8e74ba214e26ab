import { hasCode, TandemError } from "@tandem/contracts/errors.ts";
import { type RouteId, type RouteInput, type RouteReply, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";

import { exchange, UnsignedReply } from "./exchange.ts";
import { explainSilence } from "./explain-silence.ts";
import { findConnector } from "./find-connector.ts";
import type { ConnectorHttp } from "./http.ts";
import type { IdentityStore } from "./identity.ts";
import type { Session } from "./session.ts";

/** Refusals that come before anything is done, and that a new session cures. */
const STALE = [
  "pairing.session-unknown",
  "pairing.session-expired",
  "pairing.signature-missing",
  "pairing.bad-signature",
  "pairing.replayed",
] as const;

export interface ConnectorClientDeps {
  readonly http: ConnectorHttp;
  readonly identities: IdentityStore;
  /** Where a connector may listen (`CONNECTOR_PORTS`). */
  readonly ports: readonly number[];
  /** Whether the browser forbids this extension to reach the own PC. */
  readonly isBlocked: () => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Calls routes of the paired connector. Opens sessions by itself, and only with a connector that proves its key. The
 * session is a cache: the background may be killed at any time.
 */
export class ConnectorClient {
  readonly #deps: ConnectorClientDeps;
  #session: Session | null = null;
  #opening: Promise<Session> | null = null;

  constructor(deps: ConnectorClientDeps) {
    this.#deps = deps;
  }

  /**
   * `pairing.client-unknown` when this browser is not paired; `browser.connector-offline` when nothing answers, and
   * `browser.connector-blocked` when the browser is why.
   */
  async call<Id extends RouteId>(id: Id, input: Partial<RouteInput<Id>> = {}): Promise<RouteReply<Id>> {
    try {
      return await this.#callOnce(id, input);
    } catch (error) {
      throw await explainSilence(error, this.#deps.isBlocked);
    }
  }

  /** Lets go of the session, for example because the pairing has changed. */
  reset(): void {
    this.#opening = null;
    this.#session = null;
  }

  async #callOnce<Id extends RouteId>(id: Id, input: Partial<RouteInput<Id>>): Promise<RouteReply<Id>> {
    const session = await this.#open();
    try {
      return await exchange(this.#deps.http, session, this.#deps.now, id, input);
    } catch (error) {
      if (!breaksSession(error)) throw error;
      this.#forget(session);
      if (!mayRepeat(ROUTES[id], error)) throw claimOf(error);
    }
    const fresh = await this.#open();
    try {
      return await exchange(this.#deps.http, fresh, this.#deps.now, id, input);
    } catch (error) {
      if (breaksSession(error)) this.#forget(fresh);
      throw claimOf(error);
    }
  }

  /** The open session, or one being opened: callers at the same time share one handshake. */
  async #open(): Promise<Session> {
    if (this.#session !== null && !this.#session.isOver(this.#deps.now())) return this.#session;
    this.#opening ??= this.#find();
    return this.#opening;
  }

  async #find(): Promise<Session> {
    const { http, identities, ports, now } = this.#deps;
    try {
      const identity = await identities.load();
      if (identity === null) throw new TandemError("pairing.client-unknown");
      const session = await findConnector(http, identity, ports, now);
      if (session.port !== identity.port) await identities.save({ ...identity, port: session.port });
      this.#session = session;
      return session;
    } finally {
      this.#opening = null;
    }
  }

  #forget(session: Session): void {
    if (this.#session === session) this.#session = null;
  }
}

function breaksSession(error: unknown): boolean {
  return error instanceof UnsignedReply || hasCode(error, "browser.connector-offline", ...STALE);
}

/**
 * A refused request was not done and may be sent again. A broken connection says nothing about that, so only requests
 * that may be done twice are repeated then.
 */
function mayRepeat(route: RouteSpec, error: unknown): boolean {
  return hasCode(claimOf(error), ...STALE) || (hasCode(error, "browser.connector-offline") && route.method !== "POST");
}

function claimOf(error: unknown): unknown {
  return error instanceof UnsignedReply ? error.claim : error;
}
