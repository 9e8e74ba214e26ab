import type { Response } from "express";

import { CATALOGUES, fill } from "@tandem/contracts/catalogue/index.ts";
import { TandemError } from "@tandem/contracts/errors.ts";
import type { Problem } from "@tandem/contracts/http.ts";
import { HEADERS, replyText } from "@tandem/contracts/protocol.ts";

import { hmac, sha256 } from "./keys.ts";
import type { Claim } from "./signed-request.ts";

/** Headers of every reply, refusals included (`browser-and-localhost.md` §9.3). */
const ALWAYS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  Vary: "Origin",
} as const;

export function setStandingHeaders(response: Response): void {
  response.set(ALWAYS);
}

/** Lets a paired origin read the reply where the browser applies CORS, i.e. without host permission. */
export function allowOrigin(response: Response, origin: string): void {
  response.set({
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": `${HEADERS.signature}, Retry-After`,
  });
}

export function allowPreflight(response: Response): void {
  response.set({
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": `Authorization, Content-Type, ${HEADERS.sequence}, ${HEADERS.signature}`,
    "Access-Control-Max-Age": "600",
  });
  response.status(204).end();
}

/** Sends a result, signed where the request belonged to a session. No payload answers 204. */
export function sendReply(response: Response, payload: unknown, claim: Claim | null): void {
  if (payload === undefined) send(response, 204, "", "application/json", claim);
  else send(response, 200, JSON.stringify(payload), "application/json", claim);
}

/** Sends a refusal or failure as `application/problem+json`. */
export function sendProblem(response: Response, error: TandemError, claim: Claim | null): void {
  const problem: Problem = {
    type: `urn:tandem:error:${error.code}`,
    title: fill(CATALOGUES.en.errors[error.code].text, error.details),
    status: error.status,
    code: error.code,
    details: { ...error.details },
  };
  if (error.status === 429) response.set("Retry-After", String(error.details["retryAfterSeconds"] ?? 1));
  // What is left of a refused request's body is not worth reading.
  if (!response.req.readableEnded) response.set("Connection", "close");
  send(response, error.status, JSON.stringify(problem), "application/problem+json", claim);
}

function send(response: Response, status: number, text: string, type: string, claim: Claim | null): void {
  if (claim !== null) {
    const covered = replyText(status, claim.sequence, sha256(text).toString("hex"));
    response.set(HEADERS.signature, hmac(claim.session.keys.sign, covered).toString("base64"));
  }
  response.status(status);
  if (text === "") response.end();
  else response.set("Content-Type", type).end(text);
}
