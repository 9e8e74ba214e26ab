import nodeFetch, { AbortError, FetchError, type RequestInit, type Response } from "node-fetch";

import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../platform/clock.ts";

import { readFailure } from "./failure.ts";

export interface FrappeCredentials {
  readonly key: string;
  readonly secret: string;
}

export interface ClientOptions {
  readonly origin: HrSiteOrigin;
  readonly credentials: FrappeCredentials;
  readonly clock: Clock;
  readonly fetch?: typeof nodeFetch;
  /** How long an answer may take. A worker of the site is killed after 120 s by default. */
  readonly readTimeoutMs?: number;
  readonly writeTimeoutMs?: number;
  readonly largestAnswer?: number;
}

export interface FrappeAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** The `Date` header (milliseconds UTC, whole seconds), and this PC's clock when the answer came. */
  readonly date: number | null;
  readonly receivedAt: number;
}

export type Query = Readonly<Record<string, string>>;

interface Ask {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal | undefined;
}

const MEGABYTE = 1024 * 1024;
const MOST_REDIRECTS = 3;

/** Codes of node's sockets that mean: no connection, so nothing was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Speaks to one Frappe site with an API key, one request at a time. It never sends or keeps a cookie: with a live cookie
 * the site would answer as the cookie's user, and a wrong key would sign that user out (`frappe-hr.md` §9.6).
 */
export class FrappeClient {
  readonly origin: HrSiteOrigin;
  readonly #token: string;
  readonly #clock: Clock;
  readonly #fetch: typeof nodeFetch;
  readonly #timeouts: { readonly read: number; readonly write: number };
  readonly #largest: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ClientOptions) {
    this.origin = options.origin;
    this.#token = `token ${options.credentials.key}:${options.credentials.secret}`;
    this.#clock = options.clock;
    this.#fetch = options.fetch ?? nodeFetch;
    this.#timeouts = { read: options.readTimeoutMs ?? 60_000, write: options.writeTimeoutMs ?? 90_000 };
    this.#largest = options.largestAnswer ?? 32 * MEGABYTE;
  }

  /** Errors: `hr.*` as `readFailure` sorts them, and those of the connection. */
  get(path: string, query: Query = {}, signal?: AbortSignal): Promise<FrappeAnswer> {
    return this.#inTurn({ method: "GET", path, query, signal });
  }

  /** `_lang` makes the site's messages English, whatever the language of the site or the user (`frappe-hr.md` §10.2). */
  post(path: string, body: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<FrappeAnswer> {
    return this.#inTurn({ method: "POST", path, body: { ...body, _lang: "en" }, signal });
  }

  delete(path: string, signal?: AbortSignal): Promise<FrappeAnswer> {
    return this.#inTurn({ method: "DELETE", path, signal });
  }

  /** Two requests at once could store one punch twice: the site has no unique index (`frappe-hr.md` §2.2). */
  #inTurn(ask: Ask): Promise<FrappeAnswer> {
    const turn = this.#last.then(() => this.#ask(ask));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #ask(ask: Ask): Promise<FrappeAnswer> {
    const url = new URL(ask.path, this.origin);
    for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
    return await this.#withinTime(ask, async (signal) => {
      const response = await this.#follow(url, ask, signal);
      const body = parseObject(await response.text());
      if (response.status >= 200 && response.status < 300 && body !== null) {
        return { body, date: dateOf(response), receivedAt: this.#clock.now() };
      }
      throw readFailure({
        origin: this.origin,
        status: response.status,
        body,
        retryAfter: response.headers.get("retry-after"),
      });
    });
  }

  /** Follows the site's own redirects of a read; the token is never taken to another origin. */
  async #follow(first: URL, ask: Ask, signal: AbortSignal): Promise<Response> {
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const response = await this.#fetch(url, this.#init(ask, signal));
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) return response;
      await response.text();
      if (!URL.canParse(location, url) || hops >= MOST_REDIRECTS) {
        throw new TandemError("hr.not-frappe", { origin: this.origin });
      }
      const next = new URL(location, url);
      // A redirect turns a POST into a GET: what was to be written would silently be dropped.
      if (next.origin !== this.origin || ask.method !== "GET") {
        throw new TandemError("hr.moved", { origin: this.origin, to: next.origin });
      }
      url = next;
    }
  }

  #init(ask: Ask, signal: AbortSignal): RequestInit {
    return {
      method: ask.method,
      headers: {
        Authorization: this.#token,
        Accept: "application/json",
        "Accept-Language": "en",
        ...(ask.body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
      redirect: "manual",
      size: this.#largest,
      signal,
    };
  }

  async #withinTime(ask: Ask, work: (signal: AbortSignal) => Promise<FrappeAnswer>): Promise<FrappeAnswer> {
    if (ask.signal?.aborted === true) throw new TandemError("hr.stopped");
    const abort = new AbortController();
    const stop = (): void => abort.abort();
    const allowed = ask.method === "GET" ? this.#timeouts.read : this.#timeouts.write;
    let timedOut = false;
    const cancel = this.#clock.after(allowed, () => {
      timedOut = true;
      abort.abort();
    });
    ask.signal?.addEventListener("abort", stop, { once: true });
    try {
      return await work(abort.signal);
    } catch (error) {
      throw this.#connectionError(error, timedOut);
    } finally {
      cancel();
      ask.signal?.removeEventListener("abort", stop);
    }
  }

  #connectionError(error: unknown, timedOut: boolean): unknown {
    if (error instanceof TandemError) return error;
    const { origin } = this;
    // An abort that is not the time-out's is the caller's; it too leaves open what the site did.
    if (error instanceof AbortError) {
      return timedOut
        ? new TandemError("hr.timeout", { origin }, { cause: error })
        : new TandemError("hr.stopped", { sent: true }, { cause: error });
    }
    if (!(error instanceof FetchError)) return new TandemError("hr.unreachable", { origin }, { cause: error });
    const reason = error.code ?? error.type;
    if (error.type === "max-size") {
      const text = `> ${Math.round(this.#largest / MEGABYTE)} MB`;
      return new TandemError("hr.server-error", { origin, status: 200, excType: null, text }, { cause: error });
    }
    if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(reason)) {
      return new TandemError("hr.certificate", { origin, reason }, { cause: error });
    }
    return new TandemError("hr.unreachable", { origin, reason, sent: !NOT_SENT.has(reason) }, { cause: error });
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}

function dateOf(response: Response): number | null {
  const date = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(date) ? null : date;
}
