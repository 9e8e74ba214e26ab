import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { ClientId } from "@tandem/contracts/domain/ids.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";

import { ConnectorClient } from "../../../../extension/background/connection/client.ts";
import { ConnectorHttp } from "../../../../extension/background/connection/http.ts";
import type { Identity, IdentityStore } from "../../../../extension/background/connection/identity.ts";
import { createIdentityPair } from "../../../../extension/background/connection/keys.ts";
import { pair } from "../../../../extension/background/connection/pair.ts";
import { FakeConnector } from "../../../support/fake-connector/fake-connector.ts";

export const ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
export const CODE = "7KQ2M9XW4T";

export class MemoryIdentityStore implements IdentityStore {
  saved: Identity | null = null;

  load(): Promise<Identity | null> {
    return Promise.resolve(this.saved);
  }

  save(identity: Identity): Promise<void> {
    this.saved = identity;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.saved = null;
    return Promise.resolve();
  }
}

/** `fetch` as the extension's background has it: the browser adds the origin. */
const browserFetch: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string> | undefined), Origin: ORIGIN } });

/** The extension's connection next to a fake connector, and a port that nobody listens on. */
export class Bench {
  readonly connector = new FakeConnector();
  readonly identities = new MemoryIdentityStore();
  readonly http = new ConnectorHttp(browserFetch, 5_000);
  nowMs = Date.parse("2026-11-24T01:00:00.000Z");
  ports: number[] = [];
  /** Whether the browser says that it denies the own PC. */
  blocked = false;
  readonly #closers: (() => Promise<unknown>)[] = [];

  static async start(): Promise<Bench> {
    const bench = new Bench();
    await bench.connector.start();
    bench.#closers.push(() => bench.connector.stop());
    bench.ports = [bench.connector.port];
    return bench;
  }

  client(): ConnectorClient {
    const { http, identities, ports } = this;
    return new ConnectorClient({ http, identities, ports, ...this.#browser() });
  }

  pair(code = CODE): Promise<Identity> {
    const { http, ports } = this;
    return pair({ http, ports, origin: ORIGIN, ...this.#browser() }, code, "Chrome on Windows");
  }

  #browser(): { isBlocked: () => Promise<boolean>; now: () => number } {
    return { isBlocked: () => Promise.resolve(this.blocked), now: () => this.nowMs };
  }

  /** As after a pairing. */
  async paired(): Promise<void> {
    const pairOfKeys = await createIdentityPair();
    const { clientId, connectorPublicKey } = this.connector.enrol(pairOfKeys.publicKey);
    await this.identities.save({
      ...pairOfKeys,
      clientId: ClientId.parse(clientId),
      connectorPublicKey,
      port: this.connector.port,
      label: "Chrome on Windows",
      fingerprint: "acorn actor alpha amber",
      pairedAt: Instant.parse("2026-11-24T01:00:00.000Z"),
    });
  }

  /** Another local program on a port of its own. */
  async stranger(status: number, body: string): Promise<{ port: number; bodies: string[] }> {
    const bodies: string[] = [];
    const server = createServer((request, reply) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        bodies.push(text);
        reply.writeHead(status, { "Content-Type": "application/json" }).end(body);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#closers.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return { port: (server.address() as AddressInfo).port, bodies };
  }

  /** A port that was free a moment ago. */
  async deadPort(): Promise<number> {
    const { port } = await this.stranger(200, "");
    await this.#closers.pop()?.();
    return port;
  }

  async stop(): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

export const STATUS = {
  version: "0.1.0",
  port: 8470,
  ready: true,
  clients: 1,
  terminals: 3,
  quarantined: 2,
  undelivered: 5,
} as const;
