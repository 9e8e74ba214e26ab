import type { ErrorCode } from "@tandem/contracts/errors.ts";
import { ROUTES } from "@tandem/contracts/http.ts";

/** The facts of a request that the guard judges; nothing of its body. Header names in lower case. */
export interface GuardedRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface GuardContext {
  readonly port: number;
  isPaired(origin: string): boolean;
  isPairingOpen(): boolean;
}

export type Verdict =
  { readonly pass: true; readonly preflight: boolean } | { readonly pass: false; readonly code: ErrorCode };

const PAIRING_PATHS: ReadonlySet<string> = new Set([ROUTES["pair.start"].path, ROUTES["pair.confirm"].path]);
const EXTENSION_ORIGIN = /^(chrome|moz)-extension:\/\/[^/]+$/;
const BODY_TYPES: ReadonlySet<string> = new Set([
  "application/json",
  "image/jpeg",
  "image/png",
  "application/octet-stream",
]);

const refuse = (code: ErrorCode): Verdict => ({ pass: false, code });

/**
 * The outer wall, in the order and with the verdicts of `browser-and-localhost.md` §9.4. It keeps pages, other
 * extensions and rebound names out; it proves nothing, so what it lets through still needs a signature.
 */
export function judge(request: GuardedRequest, context: GuardContext): Verdict {
  const { method, headers } = request;
  const origin = headers["origin"];
  if (headers["host"]?.toLowerCase() !== `127.0.0.1:${context.port}`) return refuse("request.host");
  if (headers["sec-fetch-mode"] === "navigate") return refuse("request.navigation");
  const destination = headers["sec-fetch-dest"];
  if (destination !== undefined && destination !== "empty") return refuse("request.destination");

  if (origin === undefined) {
    // Browsers leave Origin out of GETs of an extension with host permission, and of nothing that writes.
    if (method !== "GET" && method !== "HEAD") return refuse("request.origin-missing");
    const site = headers["sec-fetch-site"];
    if (site !== "none" && site !== "same-origin") return refuse("request.fetch-site");
  } else if (!context.isPaired(origin)) {
    const refusal = judgeStranger(request.path, origin, context);
    if (refusal !== null) return refuse(refusal);
  }

  if (method === "OPTIONS") return { pass: true, preflight: true };
  if (["POST", "PUT", "PATCH"].includes(method) && !BODY_TYPES.has(mediaType(headers["content-type"]))) {
    return refuse("request.content-type");
  }
  return { pass: true, preflight: false };
}

/** An origin that is not paired may only pair: exactly these two paths, only extensions, only while pairing is open. */
function judgeStranger(path: string, origin: string, context: GuardContext): ErrorCode | null {
  if (!PAIRING_PATHS.has(path) || !EXTENSION_ORIGIN.test(origin)) return "request.origin";
  return context.isPairingOpen() ? null : "pairing.not-open";
}

function mediaType(contentType: string | undefined): string {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
