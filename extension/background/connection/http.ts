import { isErrorCode, TandemError } from "@tandem/contracts/errors.ts";
import { Problem } from "@tandem/contracts/http.ts";
import { HEADERS } from "@tandem/contracts/protocol.ts";

import type { Bytes } from "./bytes.ts";

/** One request as it goes on the wire. `target` is path and query, exactly as signed. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes;
}

export interface WireReply {
  readonly status: number;
  readonly body: Bytes;
  /** The connector's HMAC over the reply, where it sent one. */
  readonly signature: string | null;
}

/**
 * Speaks HTTP to whatever listens on a port of this PC; knows nothing of trust. `browser.connector-offline` when nothing
 * answers: `fetch` says no more (`browser-and-localhost.md` §1.2).
 */
export class ConnectorHttp {
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;

  constructor(fetcher: typeof fetch, timeoutMs: number) {
    this.#fetch = fetcher;
    this.#timeoutMs = timeoutMs;
  }

  async send(port: number, request: WireRequest): Promise<WireReply> {
    const { method, target, headers, body } = request;
    try {
      // Called as a plain function: `fetch` throws when it is called as a method of anything but the global object.
      const fetcher = this.#fetch;
      const reply = await fetcher(`http://127.0.0.1:${port}${target}`, {
        method,
        // The connector's guard asks it of every write, with or without a body (`browser-and-localhost.md` §9.4).
        headers: { ...headers, ...(["POST", "PUT"].includes(method) ? { "Content-Type": "application/json" } : {}) },
        ...(body === undefined ? {} : { body }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return {
        status: reply.status,
        body: new Uint8Array(await reply.arrayBuffer()),
        signature: reply.headers.get(HEADERS.signature),
      };
    } catch (cause) {
      throw new TandemError("browser.connector-offline", { port }, { cause });
    }
  }
}

/** The JSON of a reply body, or undefined where it is not JSON. */
export function jsonOf(body: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // A squatter on the port may answer anything; the caller turns "no JSON" into the right refusal.
    return undefined;
  }
}

/** The error a problem body names; what is not a problem of ours means that this is not our connector. */
export function errorOf(reply: WireReply): TandemError {
  const problem = Problem.safeParse(jsonOf(reply.body));
  if (!problem.success || !isErrorCode(problem.data.code)) {
    return new TandemError("pairing.connector-not-proven", { status: reply.status });
  }
  return new TandemError(problem.data.code, flat(problem.data.details));
}

function flat(details: Record<string, unknown>): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null,
    ]),
  );
}
