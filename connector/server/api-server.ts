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
import type { Clients } from "./clients.ts";
import { loadIdentity } from "./identity.ts";
import { type HttpTimeouts, listenLocally } from "./listen.ts";
import { openRoutes } from "./open-routes.ts";
import { Pairing } from "./pairing.ts";
import { Refusals } from "./refusals.ts";
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
  readonly timeouts?: HttpTimeouts;
}

/** A listening API server. */
export interface ApiServer {
  readonly port: number;
  readonly pairing: Pairing;
  stop(): Promise<void>;
}

/** Requests that are being answered at a stop get this long. */
const STOP_MS = 1000;

/**
 * Starts the API on 127.0.0.1. An explicit port is taken or refused; otherwise the saved one or the usual three are tried
 * in order. Errors: `cli.port-in-use`, `store.*`.
 */
export async function startApiServer(deps: ApiServerDeps, explicitPort?: number): Promise<ApiServer> {
  const { clock, clients, settings } = deps;
  const identity = await loadIdentity(deps);
  let listening: Server | null = null;
  const port = (): number => portOf(listening);
  const refusals = new Refusals(deps);
  const pairing = new Pairing({ clock, clients, refusals, connectorPublicKey: identity.publicKey, port });
  const sessions = new Sessions({ clock, clients, identity, port });
  const app = createApiApp({
    clock,
    sessions,
    log: deps.log,
    guard: {
      get port() {
        return port();
      },
      standingOf: (origin) => clients.standingOf(origin),
      isPairingOpen: () => pairing.isOpen,
    },
    openRoute: openRoutes({ clock, clients, pairing, sessions, refusals }),
    sessionRoutes: sessionRoutes({ ...deps, port }),
  });
  const saved = settings.port === null ? CONNECTOR_PORTS : [settings.port];
  const server = await listenLocally(app, explicitPort === undefined ? saved : [explicitPort], deps.timeouts);
  listening = server;
  return { port: port(), pairing, stop: () => closeServer(server, clock) };
}

function portOf(server: Server | null): number {
  // A server that listens on a TCP port has an AddressInfo.
  return (server?.address() as AddressInfo | null | undefined)?.port ?? 0;
}

async function closeServer(server: Server, clock: Clock): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  // A client that holds its connection open must not keep the connector from stopping.
  const cancel = clock.after(STOP_MS, () => server.closeAllConnections());
  await closed;
  cancel();
}
