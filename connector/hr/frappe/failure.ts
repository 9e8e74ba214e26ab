import { type ErrorCode, type ErrorDetails, TandemError } from "@tandem/contracts/errors.ts";

import { serverText } from "./server-text.ts";

/** An answer that is not a success, as far as it could be read. */
export interface BadAnswer {
  readonly origin: string;
  readonly status: number;
  /** Null when the body is no JSON object: a proxy's page, a cut answer. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly retryAfter: string | null;
}

/**
 * What an answer means, by HTTP status and `exc_type` (`frappe-hr.md` §10.3). The English text decides only between
 * business errors that share one type. Whether a punch is a duplicate is settled by a query, not here.
 */
export function readFailure(answer: BadAnswer): TandemError {
  const { origin, status, body } = answer;
  const excType = typeof body?.["exc_type"] === "string" ? body["exc_type"] : null;
  const text = body === null ? "" : serverText(body);
  const details: ErrorDetails = { origin, status, excType, text };
  const seconds = retrySeconds(answer.retryAfter);
  if (status === 429) return new TandemError("hr.rate-limited", { ...details, seconds });
  if (status === 503) return new TandemError("hr.maintenance", { ...details, seconds });
  if (status === 504) return new TandemError("hr.timeout", details);
  if (status >= 500) return new TandemError("hr.server-error", details);
  if (body === null) return new TandemError("hr.not-frappe", details);
  if (status === 401) return new TandemError("hr.bad-credentials", details);
  if (status === 403) return new TandemError("hr.forbidden", details);
  return new TandemError(businessCode(excType, text), details);
}

const TYPES: Readonly<Record<string, ErrorCode>> = {
  InactiveEmployeeStatusError: "hr.inactive-employee",
  CheckinRadiusExceededError: "hr.geolocation-required",
};

const TEXTS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/already has a log with the same timestamp/i, "hr.duplicate"],
  [/Log Type is required/i, "hr.log-type-required"],
  [/Latitude and longitude/i, "hr.geolocation-required"],
  [/Could not find Employee\b/i, "hr.unknown-employee"],
];

function businessCode(excType: string | null, text: string): ErrorCode {
  const byType = excType === null ? undefined : TYPES[excType];
  return byType ?? TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? "hr.rejected";
}

function retrySeconds(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) : null;
}

/** Only this row (or one of the rows sent with it) is refused; others may pass. */
export function isRefusal(error: TandemError): boolean {
  const { status, excType } = error.details;
  // A batch that is too large for a proxy in front is answered with the proxy's own page.
  if (status === 413) return true;
  return (status === 417 || status === 409 || status === 404) && typeof excType === "string";
}

/**
 * Whether the site may have done, or may still be doing, what was asked. An error of the application itself has rolled
 * back; silence, a cut connection and a proxy's page say nothing about the application behind it.
 */
export function mayHaveHappened(error: TandemError): boolean {
  switch (error.code) {
    case "hr.timeout":
    case "hr.not-frappe":
      return true;
    case "hr.stopped":
      return error.details["sent"] === true;
    case "hr.unreachable":
      return error.details["sent"] !== false;
    case "hr.server-error":
    case "hr.maintenance":
      return error.details["excType"] === null;
    default:
      return false;
  }
}
