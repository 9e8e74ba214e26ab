import type { Request, Response } from "express";
import type { z } from "zod";

import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";
import { ROUTES } from "@tandem/contracts/http.ts";
import { PairConfirmRequest, PairStartRequest, SessionRequest } from "@tandem/contracts/protocol.ts";

import type { Clock } from "../platform/clock.ts";
import { parseJson } from "../platform/parse-json.ts";
import { readBody } from "../platform/read-body.ts";
import { validated } from "../platform/validated.ts";

import { sendReply } from "./answer.ts";
import type { Clients } from "./clients.ts";
import { FailureBrake } from "./failure-brake.ts";
import type { Pairing } from "./pairing.ts";
import type { Refusals } from "./refusals.ts";
import type { OpenRouteId } from "./route-handlers.ts";
import type { Sessions } from "./sessions.ts";

type OpenRoute = (request: Request, response: Response) => Promise<unknown>;

export interface OpenRouteDeps {
  readonly clock: Clock;
  readonly clients: Clients;
  readonly pairing: Pairing;
  readonly sessions: Sessions;
  readonly refusals: Refusals;
}

/** Small: these bodies hold keys and numbers, and anybody may send them. */
const BODY_BYTES = 4096;
const SESSION_FAILURES_PER_MINUTE = 10;
const SESSION_BLOCK_MS = 60_000;

/**
 * Answers a route that cannot be signed because it comes before a session. False when the request is for another route,
 * or for none.
 */
export function openRoutes(deps: OpenRouteDeps): (request: Request, response: Response) => Promise<boolean> {
  const { pairing } = deps;
  const routes: { readonly [Id in OpenRouteId]: OpenRoute } = {
    "health.get": (request) => presence(request, deps.clients),
    "pair.start": async (request, response) => {
      return pairing.start(await bodyOf(PairStartRequest, request, response), originOf(request));
    },
    "pair.confirm": async (request, response) => {
      return pairing.confirm(await bodyOf(PairConfirmRequest, request, response), originOf(request));
    },
    "session.open": sessionRoute(deps),
  };
  const byTarget = new Map(
    Object.entries(routes).map(([id, run]) => {
      // `Object.entries` forgets that the keys of `routes` are OpenRouteIds.
      const { method, path } = ROUTES[id as OpenRouteId];
      return [`${method} ${path}`, run];
    }),
  );
  return async (request, response) => {
    const run = byTarget.get(`${request.method} ${request.path}`);
    if (run === undefined) return false;
    sendReply(response, await run(request, response), null);
    return true;
  };
}

/** A browser leaves Origin out of an extension's GET; without it nobody can be told from a stranger. */
function presence(request: Request, clients: Clients): Promise<undefined> {
  const { origin } = request.headers;
  const isPaired = origin !== undefined && clients.standingOf(origin) === "paired";
  return isPaired ? Promise.resolve(undefined) : Promise.reject(new TandemError("pairing.signature-missing"));
}

function sessionRoute({ clock, sessions, refusals }: OpenRouteDeps): OpenRoute {
  const brake = new FailureBrake(clock, SESSION_FAILURES_PER_MINUTE, SESSION_BLOCK_MS);
  return async (request, response) => {
    const origin = originOf(request);
    const retryAfterSeconds = brake.secondsLeft(origin);
    if (retryAfterSeconds > 0) throw new TandemError("request.rate", { retryAfterSeconds });
    try {
      return await sessions.open(await bodyOf(SessionRequest, request, response), origin);
    } catch (error) {
      brake.countFailure(origin);
      await refusals.record("session.open", origin, toTandemError(error).code);
      throw error;
    }
  };
}

async function bodyOf<T>(schema: z.ZodType<T>, request: Request, response: Response): Promise<T> {
  return validated(schema, parseJson(await readBody(request, response, BODY_BYTES)));
}

/** The guard lets no write through without Origin. */
function originOf(request: Request): string {
  const { origin } = request.headers;
  if (origin === undefined) throw new TandemError("request.origin-missing");
  return origin;
}
