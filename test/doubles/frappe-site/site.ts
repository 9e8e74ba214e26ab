import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

import { SiteData } from "./data/site-data.ts";
import type { Doc, DocValues } from "./data/value.ts";
import { DocTypes } from "./doctypes/registry.ts";
import { Faults } from "./faults.ts";
import { RequestLog } from "./request-log.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Answer } from "./rest/answer.ts";
import type { SiteRequest } from "./rest/site-request.ts";
import { putEmployee, putRecord, putUser, seed } from "./seed.ts";
import { readRequest } from "./server/read-request.ts";
import { routeRequest } from "./server/route-request.ts";
import { strikeAfter, strikeBefore } from "./server/strike.ts";
import type { SiteContext } from "./site-context.ts";
import { DEFAULT_SETTINGS } from "./site-options.ts";
import type { SiteOptions, SiteSettings, SiteUser } from "./site-options.ts";
import { SiteClock } from "./time/site-clock.ts";
import { versionsOf } from "./versions.ts";

/** Start options; `data` of an earlier double makes this one its restart. */
export interface StartOptions extends SiteOptions {
  readonly data?: SiteData;
}

/** A stand-in Frappe HR site on a real socket, written from its description (`frappe-hr.md` §14). */
export class FrappeSite {
  readonly faults: Faults;
  readonly requests = new RequestLog();
  readonly settings: SiteSettings;
  readonly data: SiteData;
  readonly #context: SiteContext;
  readonly #server: Server;
  readonly #host: string;
  #port: number;

  private constructor(context: SiteContext, server: Server, host: string, port: number) {
    this.#context = context;
    this.#server = server;
    this.#host = host;
    this.#port = port;
    this.faults = context.faults;
    this.settings = context.settings;
    this.data = context.data;
  }

  /** Starts the site; it listens when this resolves. Throws when the port is taken. */
  static async start(options: StartOptions = {}): Promise<FrappeSite> {
    const faults = new Faults();
    const versions = versionsOf(options.profile ?? 15, options.hrms, options.frappe);
    const zone = options.zone ?? "Asia/Ho_Chi_Minh";
    const scheme = options.tls === undefined ? "http" : "https";
    const server = options.tls === undefined ? createHttpServer() : createHttpsServer(options.tls);
    const host = options.host ?? "127.0.0.1";
    const site: FrappeSite = new FrappeSite(
      {
        profile: options.profile ?? 15,
        versions,
        zone,
        guestZone: options.guestZone ?? "Asia/Kolkata",
        company: options.company ?? "Công ty Thử Nghiệm",
        data: options.data ?? new SiteData(),
        clock: new SiteClock(zone, options.now ?? Date.now, () => faults.clockSkewMs),
        settings: { ...DEFAULT_SETTINGS, ...options.settings },
        faults,
        doctypes: new DocTypes(versions, options.grants ?? {}),
        get origin(): string {
          return `${scheme}://${host}:${String(site.#port)}`;
        },
      },
      server,
      host,
      options.port ?? 0,
    );
    if (options.data === undefined) seed(site.#context, options);
    server.on("request", (incoming, response) => void site.#serve(incoming, response));
    await site.acceptConnections();
    return site;
  }

  get origin(): string {
    return this.#context.origin;
  }

  /** Closes the port and cuts every connection, like a server that is down: connections are refused. */
  async refuseConnections(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Listens again on the same port. */
  async acceptConnections(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, this.#host, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.faults.clear();
    if (this.#server.listening) await this.refuseConnections();
  }

  addEmployee(values: DocValues = {}): Doc {
    return putEmployee(this.#context, values);
  }

  addUser(user: SiteUser): void {
    putUser(this.#context, user);
  }

  /** Stores a record as if it had always been there, without the DocType's checks. */
  addRecord(doctype: string, values: DocValues & { readonly name: string }): Doc {
    return putRecord(this.#context, doctype, values);
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      const entry = this.requests.add(logEntry(request));
      const reply = await this.#reply(request, entry, response);
      if (reply !== null) {
        entry.status = reply.status;
        this.#send(reply, incoming, response);
      }
    } catch (error) {
      // A client that went away in the middle of its request is no fault of the site; anything else is one of the double.
      if (incoming.destroyed && !incoming.complete) return;
      response.writeHead(599, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`fault of the double: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }

  async #reply(request: SiteRequest, entry: LoggedRequest, response: ServerResponse): Promise<Answer | null> {
    const fault = this.faults.take(request.method, request.path);
    if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const early = fault === null ? null : strikeBefore(fault, response, this.#context);
    if (early !== null) return early === "silence" ? null : early;
    const reply = await routeRequest(request, this.#context, entry);
    const late = fault === null ? reply : strikeAfter(fault, reply, response);
    return late === "silence" ? null : late;
  }

  #send(reply: Answer, incoming: IncomingMessage, response: ServerResponse): void {
    const body = Buffer.from(reply.body);
    const cookies = reply.cookies === null || reply.cookies.length === 0 ? {} : { "Set-Cookie": [...reply.cookies] };
    // One clock for the records and for the headers, as on a server.
    const standing = { Date: new Date(this.#context.clock.utc()).toUTCString(), "Content-Length": body.length };
    response.writeHead(reply.status, { ...reply.headers, ...cookies, ...standing });
    response.end(incoming.method === "HEAD" ? undefined : body);
  }
}

function logEntry(request: SiteRequest): LoggedRequest {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: request.method,
    path: request.path,
    query: request.query.toString(),
    headers,
    body: request.body.length > 1_000_000 ? "" : request.body.toString("utf8"),
    user: "Guest",
    rows: 0,
    status: 0,
  };
}
