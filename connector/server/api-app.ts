import express, { type Express, type NextFunction, type Request, type Response } from "express";

import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";
import { LIMITS } from "@tandem/contracts/http.ts";

import type { Clock } from "../platform/clock.ts";

import { allowOrigin, allowPreflight, sendProblem, setStandingHeaders } from "./answer.ts";
import { judge, type GuardContext } from "./guard.ts";
import type { OpenRoute } from "./open-routes.ts";
import { readBody } from "./read-body.ts";
import type { Sessions } from "./sessions.ts";
import { type Claim, claimOf, verifyClaim } from "./signed-request.ts";
import { SlidingLimit } from "./sliding-limit.ts";

/** A response to a verified request. */
export type SignedResponse = Response<unknown, { claim: Claim; body: Buffer }>;

export interface ApiAppDeps {
  readonly clock: Clock;
  readonly guard: GuardContext;
  readonly sessions: Sessions;
  readonly openRoutes: ReadonlyMap<string, OpenRoute>;
  readonly sessionRoutes: express.Router;
  /** Gets what was not one of our own errors. */
  readonly log: { error(facts: object, text: string): void };
}

/**
 * Guard → (pairing, handshake) or (session signature → rate → route). Nothing of a body is read before the guard and the
 * headers of the claim have passed.
 */
export function createApiApp(deps: ApiAppDeps): Express {
  const rate = new SlidingLimit(deps.clock, LIMITS.requestsPerSecond, 1000);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("strict routing");
  app.enable("case sensitive routing");
  app.set("query parser", "simple");

  app.use((request, response, next) => {
    setStandingHeaders(response);
    const verdict = judge({ method: request.method, path: request.path, headers: singleHeaders(request) }, deps.guard);
    if (!verdict.pass) throw new TandemError(verdict.code);
    const { origin } = request.headers;
    if (origin !== undefined) allowOrigin(response, origin);
    if (verdict.preflight) allowPreflight(response);
    else next();
  });

  app.use(async (request, response, next) => {
    const open = deps.openRoutes.get(`${request.method} ${request.path}`);
    if (open === undefined) next();
    else await open(request, response);
  });

  app.use(async (request, response: SignedResponse, next) => {
    const claim = claimOf(request, deps.sessions);
    const body = await readBody(request, LIMITS.jsonBytes);
    verifyClaim(claim, request, request.originalUrl, body);
    response.locals.claim = claim;
    response.locals.body = body;
    deps.sessions.touch(claim.session);
    if (!rate.take(claim.session.clientId)) throw new TandemError("request.rate");
    next();
  });

  app.use(deps.sessionRoutes);

  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = isExpressBadRequest(error) ? new TandemError("request.not-found") : toTandemError(error);
    if (hasCode(known, "internal.unexpected")) deps.log.error({ err: error }, "a request failed unexpectedly");
    const { claim } = response.locals as { claim?: Claim };
    sendProblem(response, known, claim ?? null);
  });
  return app;
}

/** Express's own 400 for a path that does not decode (`%zz`). */
function isExpressBadRequest(error: unknown): boolean {
  return error instanceof URIError || (error instanceof Error && "status" in error && error.status === 400);
}

/** Node joins repeated headers of the kinds the guard reads, so an array is a header the guard does not know. */
function singleHeaders(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
  );
}
