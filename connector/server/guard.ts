import type { ErrorCode } from "@tandem/contracts/errors.ts";
import { ROUTES } from "@tandem/contracts/http.ts";

/** The facts of a request that the guard judges; nothing of its body. Header names in lower case. */
export interface GuardedRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** `former`: every pairing of this origin was withdrawn. */
export type OriginStanding = "paired" | "former" | "stranger";

export interface GuardContext {
  readonly port: number;
  standingOf(origin: string): OriginStanding;
  isPairingOpen(): boolean;
}

export type Verdict =
  { readonly pass: true; readonly preflight: boolean } | { readonly pass: false; readonly code: ErrorCode };

const PAIRING_PATHS: ReadonlySet<string> = new Set([ROUTES["pair.start"].path, ROUTES["pair.confirm"].path]);
const EXTENSION_ORIGIN = /^(chrome|moz)-extension:\/\/[^/\s]+$/;
const BODY_TYPES: ReadonlySet<string> = new Set([
  "application/json",
  "image/jpeg",
  "image/png",
  "application/octet-stream",
]);

/**
 * The outer wall, in the order and with the verdicts of `browser-and-localhost.md` §9.4. It keeps pages, other
 * extensions and rebound names out; it proves nothing, so what it lets through still needs a signature.
 */
export function judge(request: GuardedRequest, context: GuardContext): Verdict {
  const { method, headers } = request;
  const code =
    judgeHost(headers, context) ??
    judgeUpgrade(request, context) ??
    judgePurpose(headers) ??
    (headers["origin"] === undefined ? judgeNoOrigin(request) : judgeOrigin(request, headers["origin"], context));
  if (code !== null) return { pass: false, code };
  if (method === "OPTIONS") return { pass: true, preflight: true };
  const hasBody = ["POST", "PUT", "PATCH"].includes(method);
  if (hasBody && !BODY_TYPES.has(mediaType(headers["content-type"]))) {
    return { pass: false, code: "request.content-type" };
  }
  return { pass: true, preflight: false };
}

function judgeHost(headers: GuardedRequest["headers"], { port }: GuardContext): ErrorCode | null {
  return headers["host"]?.toLowerCase() === `127.0.0.1:${port}` ? null : "request.host";
}

/**
 * No route is a WebSocket. Chromium sends no `Sec-Fetch-*` with an upgrade (§1.1), so only the origin decides which
 * refusal it gets.
 */
function judgeUpgrade({ path, headers }: GuardedRequest, context: GuardContext): ErrorCode | null {
  if (headers["upgrade"] === undefined) return null;
  if (headers["origin"] === undefined) return "request.origin-missing";
  return judgeOrigin({ path }, headers["origin"], context) ?? "request.upgrade";
}

/** Only `fetch` is served: no navigation (form posts and links are exempt from LNA), no picture, script or frame. */
function judgePurpose(headers: GuardedRequest["headers"]): ErrorCode | null {
  if (headers["sec-fetch-mode"]?.toLowerCase().includes("navigate") === true) return "request.navigation";
  const destination = headers["sec-fetch-dest"];
  return destination === undefined || destination === "empty" ? null : "request.destination";
}

/** Browsers leave Origin out of GETs of an extension with host permission, and of nothing that writes. */
function judgeNoOrigin({ method, headers }: GuardedRequest): ErrorCode | null {
  if (method !== "GET" && method !== "HEAD") return "request.origin-missing";
  const site = headers["sec-fetch-site"];
  return site === "none" || site === "same-origin" ? null : "request.fetch-site";
}

/**
 * A stranger may only pair: exactly these two paths, only as an extension, only while pairing is open. A former client
 * passes, so that it can be told that its pairing was withdrawn.
 */
function judgeOrigin({ path }: Pick<GuardedRequest, "path">, origin: string, context: GuardContext): ErrorCode | null {
  if (context.standingOf(origin) !== "stranger") return null;
  if (!PAIRING_PATHS.has(path) || !EXTENSION_ORIGIN.test(origin)) return "request.origin";
  return context.isPairingOpen() ? null : "pairing.not-open";
}

function mediaType(contentType: string | undefined): string {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
