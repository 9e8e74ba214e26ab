import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { CONNECTOR_PORTS } from "@tandem/contracts/protocol.ts";

import type { Audit } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Settings } from "../settings/settings.ts";
import type { Store } from "../store/store.ts";
import type { Secrets } from "../vault/vault.ts";

import { createApiApp } from "./api-app.ts";
import { Clients } from "./clients.ts";
import { loadIdentity } from "./identity.ts";
import { listenLocally } from "./listen.ts";
import { openRoutes } from "./open-routes.ts";
import { Pairing } from "./pairing.ts";
import type { RouteHandlers } from "./route-handlers.ts";
import { sessionRoutes } from "./session-routes.ts";
import { Sessions } from "./sessions.ts";

export interface ApiServerDeps {
  readonly clock: Clock;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly settings: Settings;
  readonly clients: Clients;
  readonly handlers: RouteHandlers;
  readonly version: string;
  readonly log: { error(facts: object, text: string): void };
}

/** A listening API server. */
export interface ApiServer {
  readonly port: number;
  readonly pairing: Pairing;
  stop(): Promise<void>;
}

/**
 * Starts the API on 127.0.0.1. An explicit port is taken or refused; otherwise the saved one or the usual three are tried
 * in order. Errors: `cli.port-in-use`, `store.*`.
 */
export async function startApiServer(deps: ApiServerDeps, explicitPort?: number): Promise<ApiServer> {
  const identity = await loadIdentity(deps);
  let server: Server | null = null;
  const port = (): number => (server?.address() as AddressInfo | null)?.port ?? 0;
  const { clock, clients } = deps;
  const pairing = new Pairing({ clock, clients, connectorPublicKey: identity.publicKey, port });
  const sessions = new Sessions({ clock, clients, identity, port });
  const app = createApiApp({
    clock,
    sessions,
    log: deps.log,
    guard: {
      get port() {
        return port();
      },
      isPaired: (origin) => clients.isPairedOrigin(origin),
      isPairingOpen: () => pairing.isOpen,
    },
    openRoutes: openRoutes({ clock, clients, pairing, sessions }),
    sessionRoutes: sessionRoutes(deps.handlers, clients, deps.version),
  });
  const usual = deps.settings.port === null ? CONNECTOR_PORTS : [deps.settings.port];
  const listening = await listenLocally(app, explicitPort === undefined ? usual : [explicitPort]);
  server = listening;
  return { port: port(), pairing, stop: () => closeServer(listening) };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  // A client that holds its connection open must not keep the connector from stopping.
  const timer = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(timer);
}
