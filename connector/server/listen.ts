import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";

import { TandemError } from "@tandem/contracts/errors.ts";
import { LIMITS } from "@tandem/contracts/http.ts";

import { errorCodeOf } from "../platform/file-system.ts";

import { problemOf, STANDING_HEADERS } from "./answer.ts";

export interface HttpTimeouts {
  /** Until all headers are there. */
  readonly headersMs: number;
  /** Until the whole request is there. */
  readonly requestMs: number;
}

export const HTTP_TIMEOUTS: HttpTimeouts = { headersMs: LIMITS.headerTimeoutMs, requestMs: 3 * LIMITS.headerTimeoutMs };

/** Listens on 127.0.0.1 only, on the first free port of `ports`. Errors: `cli.port-in-use`. */
export async function listenLocally(
  listener: RequestListener,
  ports: readonly number[],
  timeouts: HttpTimeouts = HTTP_TIMEOUTS,
): Promise<Server> {
  for (const port of ports) {
    const server = createApiServer(listener, timeouts);
    server.listen({ host: "127.0.0.1", port, exclusive: true });
    try {
      await once(server, "listening");
      return server;
    } catch (error) {
      // Windows answers EACCES for ports that it has set aside for Hyper-V.
      if (!["EADDRINUSE", "EACCES"].includes(errorCodeOf(error) ?? "")) throw error;
    }
  }
  throw new TandemError("cli.port-in-use", { port: ports.join(", ") });
}

function createApiServer(listener: RequestListener, { headersMs, requestMs }: HttpTimeouts): Server {
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      // Node looks for late requests only this often.
      connectionsCheckingInterval: Math.min(1000, headersMs),
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
      // Without Host a request gets the guard's answer, like any other wrong Host.
      requireHostHeader: false,
    },
    listener,
  );
  server.maxRequestsPerSocket = 1000;
  server.maxConnections = 256;
  // Left to itself, Node asks for the body before anybody has judged the headers.
  server.on("checkContinue", listener);
  server.on("clientError", answerBrokenRequest);
  return server;
}

/** What is not HTTP, too slow or too long never becomes a request; it gets a refusal in the same form. */
function answerBrokenRequest(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = JSON.stringify(problemOf(refusalOf(errorCodeOf(error))));
  const { status } = refusalOf(errorCodeOf(error));
  const headers = {
    ...STANDING_HEADERS,
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(text),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} \r\n${lines.join("\r\n")}\r\n\r\n${text}`);
}

function refusalOf(code: string | null): TandemError {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new TandemError("request.timeout");
  if (code === "HPE_HEADER_OVERFLOW") return new TandemError("request.headers-too-large");
  return new TandemError("request.not-http");
}
