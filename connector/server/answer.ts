import type { Response } from "express";

import { CATALOGUES, fill } from "@tandem/contracts/catalogue/index.ts";
import type { TandemError } from "@tandem/contracts/errors.ts";
import type { Problem } from "@tandem/contracts/http.ts";
import { HEADERS, replyText } from "@tandem/contracts/protocol.ts";

import { discardRest } from "../platform/read-body.ts";

import { hmac, sha256 } from "./keys.ts";
import type { Claim } from "./signed-request.ts";

/** Headers of every reply, refusals included (`browser-and-localhost.md` §9.3). */
export const STANDING_HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

/** Lets a paired origin read the reply where the browser applies CORS, i.e. without host permission. */
export function allowOrigin(response: Response, origin: string): void {
  response.set({
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": `${HEADERS.signature}, Retry-After`,
    Vary: "Origin",
  });
}

/** Answers a preflight. Without `allowOrigin` before it, it allows nothing. */
export function answerPreflight(response: Response): void {
  if (response.hasHeader("Access-Control-Allow-Origin")) {
    response.set({
      "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
      "Access-Control-Allow-Headers": `Authorization, Content-Type, ${HEADERS.sequence}, ${HEADERS.signature}`,
      "Access-Control-Max-Age": "600",
    });
  }
  response.status(204).end();
}

/** Sends a result, signed where the request belonged to a session. No payload answers 204. */
export function sendReply(response: Response, payload: unknown, claim: Claim | null): void {
  if (payload === undefined) send(response, 204, "", "application/json", claim);
  else send(response, 200, JSON.stringify(payload), "application/json", claim);
}

/** Sends a refusal or failure as `application/problem+json`. */
export function sendProblem(response: Response, error: TandemError, claim: Claim | null): void {
  if (error.status === 429) response.set("Retry-After", String(error.details["retryAfterSeconds"] ?? 1));
  send(response, error.status, JSON.stringify(problemOf(error)), "application/problem+json", claim);
  discardRest(response.req);
}

/** The body of a refusal, in English: clients show their own text for the code. */
export function problemOf(error: TandemError): Problem {
  return {
    type: `urn:tandem:error:${error.code}`,
    title: fill(CATALOGUES.en.errors[error.code].text, error.details),
    status: error.status,
    code: error.code,
    details: { ...error.details },
  };
}

function send(response: Response, status: number, text: string, type: string, claim: Claim | null): void {
  if (claim !== null) {
    const covered = replyText(status, claim.sequence, sha256(text).toString("hex"));
    response.set(HEADERS.signature, hmac(claim.session.keys.sign, covered).toString("base64"));
  }
  response.status(status);
  if (text === "") {
    response.end();
    return;
  }
  response.set({ "Content-Type": type, "Content-Length": String(Buffer.byteLength(text)) }).end(text);
}
