import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

import type { AdminCommand, AdminInput, AdminReply } from "@tandem/contracts/admin.ts";
import { type RouteId, type RouteReply, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";

import { askConnector } from "../../connector/admin/admin-client.ts";
import { adminSocketPath } from "../../connector/admin/socket-path.ts";
import { type RunningConnector, startConnector } from "../../connector/main.ts";

import { CHROMIUM } from "./api-bench.ts";
import { codeOf } from "./http.ts";
import { PairedClient, type SignedAnswer } from "./paired-client.ts";
import { makeTempFolder } from "./temp-folder.ts";

interface Question {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
}

/** The whole connector in this process, with a paired browser and its admin channel. */
export class ConnectorBench {
  readonly client: PairedClient;
  readonly home: string;
  readonly #connector: RunningConnector;
  readonly #remove: () => Promise<void>;

  private constructor(home: { path: string; remove: () => Promise<void> }, connector: RunningConnector) {
    this.home = home.path;
    this.#remove = home.remove;
    this.#connector = connector;
    this.client = new PairedClient(connector.port, CHROMIUM);
  }

  static async start(): Promise<ConnectorBench> {
    const home = await makeTempFolder();
    const bench = new ConnectorBench(home, await startConnector(home.path, 0));
    const { code } = await bench.admin("pair", {});
    const paired = await bench.client.pair(code);
    if (paired.status !== 200) throw new Error(`not paired: ${paired.text}`);
    await bench.client.open(new Date().toISOString());
    return bench;
  }

  get port(): number {
    return this.#connector.port;
  }

  stop(): Promise<void> {
    return this.#connector.stop();
  }

  remove(): Promise<void> {
    return this.#remove();
  }

  admin<C extends AdminCommand>(command: C, input: AdminInput<C>): Promise<AdminReply<C>> {
    return askConnector(
      adminSocketPath(this.home, process.platform, tmpdir(), process.getuid?.() ?? 0),
      command,
      input,
    );
  }

  /** Asks a route and holds the reply against its schema: nothing missing, nothing that the contract does not name. */
  async ask<Id extends RouteId>(id: Id, question: Question = {}): Promise<RouteReply<Id>> {
    const answer = await this.#call(id, question);
    const { reply }: RouteSpec = ROUTES[id];
    if (answer.status >= 300 || !answer.proven) throw new Error(`${id} answered ${answer.status}: ${answer.text}`);
    if (reply === null) {
      if (answer.text !== "") throw new Error(`${id} answered with a body`);
      return undefined as RouteReply<Id>;
    }
    const parsed = reply.parse(answer.json);
    if (JSON.stringify(parsed) !== answer.text) throw new Error(`${id} answered more than its schema: ${answer.text}`);
    // Parsed on the line above by the schema that RouteReply<Id> is inferred from.
    return parsed as RouteReply<Id>;
  }

  /** The code of the problem that a route answers with. */
  async refusal(id: RouteId, question: Question = {}): Promise<string | null> {
    return codeOf(await this.#call(id, question));
  }

  async #call(id: RouteId, { params = {}, query = "", body }: Question): Promise<SignedAnswer> {
    const { method, path, sealed = false }: RouteSpec = ROUTES[id];
    const filled = path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
    for (;;) {
      const options = { sealed, ...(body === undefined ? {} : { body }) };
      const answer = await this.client.call(method, `${filled}${query}`, options);
      // A test asks faster than a person; the connector says how long that has to stop.
      if (codeOf(answer) !== "request.rate") return answer;
      await pause(Number(answer.headers["retry-after"] ?? 1) * 1_000);
    }
  }
}
