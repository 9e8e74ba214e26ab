import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";

import { TandemError } from "@tandem/contracts/errors.ts";
import { LIMITS } from "@tandem/contracts/http.ts";

/** Listens on 127.0.0.1 only, on the first free port of `ports`. Errors: `cli.port-in-use`. */
export async function listenLocally(listener: RequestListener, ports: readonly number[]): Promise<Server> {
  for (const port of ports) {
    const server = createServer(
      { headersTimeout: LIMITS.headerTimeoutMs, requestTimeout: 2 * LIMITS.headerTimeoutMs, keepAliveTimeout: 5000 },
      listener,
    );
    server.maxRequestsPerSocket = 1000;
    server.listen({ host: "127.0.0.1", port, exclusive: true });
    try {
      await once(server, "listening");
      return server;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new TandemError("cli.port-in-use", { port: ports.join(", ") });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}
