import type { IncomingMessage } from "node:http";

import express, { type Express, type NextFunction, type Request, type Response } from "express";

import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";
import { LIMITS } from "@tandem/contracts/http.ts";

import type { Clock } from "../platform/clock.ts";
import { readBody } from "../platform/read-body.ts";

import { allowOrigin, answerPreflight, sendProblem, STANDING_HEADERS } from "./answer.ts";
import { type GuardContext, judge } from "./guard.ts";
import type { Sessions } from "./sessions.ts";
import { type Claim, claimOf, refuseReplay, verifyClaim } from "./signed-request.ts";
import { SlidingLimit } from "./sliding-limit.ts";

/** What is known of a request once its session has been found, and once its body has been read. */
interface Locals {
  claim?: Claim;
  body?: Buffer;
}

/** A response to a verified request. */
export type SignedResponse = Response<unknown, Required<Locals>>;

export interface ApiAppDeps {
  readonly clock: Clock;
  readonly guard: GuardContext;
  readonly sessions: Sessions;
  /** Whether it was a route that needs no session; then it has been answered. */
  readonly openRoute: (request: Request, response: Response) => Promise<boolean>;
  readonly sessionRoutes: express.Router;
  /** Gets what was not one of our own errors. */
  readonly log: { error(facts: object, text: string): void };
}

/**
 * Guard → (pairing, handshake) or (session signature → rate → route). Nothing of a body is read before the guard and the
 * headers of the claim have passed. Whoever has no session learns nothing, not even which paths exist.
 */
export function createApiApp(deps: ApiAppDeps): Express {
  const rate = new SlidingLimit(deps.clock, LIMITS.requestsPerSecond, 1000);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");

  app.use((request, response, next) => {
    response.set(STANDING_HEADERS);
    const { origin } = request.headers;
    if (origin !== undefined && deps.guard.standingOf(origin) === "paired") allowOrigin(response, origin);
    const verdict = judge(factsOf(request), deps.guard);
    if (!verdict.pass) throw new TandemError(verdict.code);
    if (verdict.preflight) answerPreflight(response);
    else next();
  });

  app.use(async (request, response, next) => {
    if (!(await deps.openRoute(request, response))) next();
  });

  app.use(async (request: Request, response: Response<unknown, Locals>, next) => {
    const claim = claimOf(request, deps.sessions);
    response.locals.claim = claim;
    refuseReplay(claim);
    const body = await readBody(request, response, LIMITS.jsonBytes);
    verifyClaim(claim, request.method, request.originalUrl, body);
    response.locals.body = body;
    deps.sessions.touch(claim.session);
    if (!rate.take(claim.session.clientId)) throw new TandemError("request.rate", { retryAfterSeconds: 1 });
    next();
  });

  app.use(deps.sessionRoutes);

  // Express knows a handler of errors by its four parameters. Its own, behind `next`, would show the stack.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- see above
  app.use((error: unknown, request: Request, response: Response<unknown, Locals>, _next: NextFunction) => {
    // A sender that went away, or an answer that broke off, can be told nothing.
    if (response.headersSent || (request.destroyed && !request.complete)) {
      response.destroy();
      return;
    }
    const known = isUndecodablePath(error) ? new TandemError("request.not-found") : toTandemError(error);
    if (hasCode(known, "internal.unexpected")) deps.log.error({ err: error }, "a request failed unexpectedly");
    sendProblem(response, known, response.locals.claim ?? null);
  });
  return app;
}

/** Express's own error for a path parameter such as `%zz`. */
function isUndecodablePath(error: unknown): boolean {
  return error instanceof Error && error.name === "URIError";
}

/** Repeated headers are joined, so that none of them equals what is allowed. */
function factsOf(request: Request): Parameters<typeof judge>[0] {
  return { method: request.method, path: pathOf(request), headers: joinedHeaders(request) };
}

/** Express reads the path out of `http://other.host/path` as well; as a target that is nobody's route. */
function pathOf(request: Request): string {
  return request.originalUrl.startsWith("/") ? request.path : request.originalUrl;
}

function joinedHeaders({ headersDistinct }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(", ") ?? ""]));
}
