import type { IncomingHttpHeaders } from "node:http";

import { FrappeError, crash } from "./frappe-error.ts";
import { readMultipart } from "./multipart.ts";
import type { UploadedFile } from "./multipart.ts";

/** A request as the site sees it. */
export interface SiteRequest {
  readonly method: string;
  /** Decoded path, without query. */
  readonly path: string;
  /** Path as it was sent. */
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Path parts, each decoded by itself, so that an id with a slash stays one part. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Arguments of a call: the JSON body alone, or query plus form fields. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface CallInput {
  readonly args: Arguments;
  readonly files: readonly UploadedFile[];
}

/**
 * Collects the arguments. A JSON body replaces the query altogether (measured: `?run_method=…` with a JSON body ends in
 * a KeyError); form fields are added to it.
 */
export function readArguments(request: SiteRequest): CallInput {
  const type = request.headers["content-type"] ?? "";
  const query = Object.fromEntries(request.query);
  if (request.body.length === 0) return { args: query, files: [] };
  if (type.startsWith("application/json")) return { args: readJsonBody(request.body.toString("utf8")), files: [] };
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(request.body.toString("utf8"))) }, files: [] };
  if (type.startsWith("multipart/form-data")) {
    const { fields, files } = readMultipart(request.body, type);
    return { args: { ...query, ...fields }, files };
  }
  return { args: query, files: [] };
}

function readJsonBody(text: string): Arguments {
  const parsed = parsePythonJson(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new FrappeError({ status: 417, type: "ValidationError", text: "Invalid request arguments" });
  return parsed as Arguments;
}

/** Parses JSON; a failure is the 500 that the original answers. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw crash("JSONDecodeError", "Expecting value: line 1 column 1 (char 0)", "json.decoder.");
  }
}

export function textArgument(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** An argument that may come as JSON text (query, form) or as a value (JSON body). */
export function jsonArgument(args: Arguments, name: string): unknown {
  const value = args[name];
  return typeof value === "string" && value !== "" ? parsePythonJson(value) : value;
}
