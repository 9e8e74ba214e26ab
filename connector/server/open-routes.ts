import type { Request, Response } from "express";

import { TandemError } from "@tandem/contracts/errors.ts";
import { LIMITS, ROUTES } from "@tandem/contracts/http.ts";
import { PairConfirmRequest, PairStartRequest, SessionRequest } from "@tandem/contracts/protocol.ts";

import type { Clock } from "../platform/clock.ts";

import { sendReply } from "./answer.ts";
import type { Clients } from "./clients.ts";
import type { Pairing } from "./pairing.ts";
import { parseJson, readBody } from "./read-body.ts";
import type { Sessions } from "./sessions.ts";
import { SlidingLimit } from "./sliding-limit.ts";
import { validated } from "./validate.ts";

export type OpenRoute = (request: Request, response: Response) => Promise<void>;

export interface OpenRouteDeps {
  readonly clock: Clock;
  readonly clients: Clients;
  readonly pairing: Pairing;
  readonly sessions: Sessions;
}

const MINUTE_MS = 60_000;
const SESSION_FAILURES_PER_MINUTE = 10;

/** The routes that cannot be signed because they come before a session, by `METHOD path`. */
export function openRoutes(deps: OpenRouteDeps): ReadonlyMap<string, OpenRoute> {
  const failures = new SlidingLimit(deps.clock, SESSION_FAILURES_PER_MINUTE, MINUTE_MS);
  const route = (
    id: "health.get" | "pair.start" | "pair.confirm" | "session.open",
    run: OpenRoute,
  ): [string, OpenRoute] => [`${ROUTES[id].method} ${ROUTES[id].path}`, run];
  return new Map([
    // A browser leaves Origin out of an extension's GET; without it nobody can be told from a stranger.
    route("health.get", (request, response) => {
      const { origin } = request.headers;
      if (origin === undefined || !deps.clients.isPairedOrigin(origin))
        throw new TandemError("pairing.signature-missing");
      sendReply(response, undefined, null);
      return Promise.resolve();
    }),
    route("pair.start", async (request, response) => {
      const body = validated(PairStartRequest, await jsonOf(request));
      sendReply(response, deps.pairing.start(body, originOf(request)), null);
    }),
    route("pair.confirm", async (request, response) => {
      const body = validated(PairConfirmRequest, await jsonOf(request));
      sendReply(response, await deps.pairing.confirm(body, originOf(request)), null);
    }),
    route("session.open", async (request, response) => {
      const origin = originOf(request);
      if (failures.isSpent(origin)) throw new TandemError("request.rate", { retryAfterSeconds: 60 });
      try {
        sendReply(response, await deps.sessions.open(validated(SessionRequest, await jsonOf(request)), origin), null);
      } catch (error) {
        failures.count(origin);
        throw error;
      }
    }),
  ]);
}

/** Small: these bodies hold keys and numbers, and anybody may send them. */
const OPEN_BODY_BYTES = 4096;

async function jsonOf(request: Request): Promise<unknown> {
  return parseJson(await readBody(request, Math.min(OPEN_BODY_BYTES, LIMITS.jsonBytes)));
}

/** The guard lets no write through without Origin. */
function originOf(request: Request): string {
  const { origin } = request.headers;
  if (origin === undefined) throw new TandemError("request.origin-missing");
  return origin;
}
