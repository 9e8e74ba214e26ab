import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { dirname } from "node:path";

import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import { parseJson } from "../platform/parse-json.ts";
import { discardRest, readBody } from "../platform/read-body.ts";

import { dispatch, isAdminCommand } from "./dispatch.ts";
import type { AdminHandlers } from "./handlers.ts";
import { requirePrivateFolder } from "./private-folder.ts";

/** Files are read by the command line and sent whole. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface AdminServerDeps {
  readonly path: string;
  readonly handlers: AdminHandlers;
  readonly log: { error(facts: object, text: string): void };
}

/**
 * The local admin channel: HTTP on a unix socket or named pipe that only this user can open. The data folder's lock is
 * held, so a socket found at the path is left over from a process that was killed.
 */
export async function startAdminServer({ path, handlers, log }: AdminServerDeps): Promise<{ stop(): Promise<void> }> {
  const isPipe = path.startsWith("\\\\");
  if (!isPipe) await prepare(path);
  const server = createServer((request, response) => void answer(request, response, handlers, log));
  // A pull or a delivery takes as long as it takes.
  server.requestTimeout = 0;
  await listen(server, path);
  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function prepare(path: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await requirePrivateFolder(folder);
  await rm(path, { force: true });
}

/** The socket is made inside `listen`, so that with this mask it never stands there with more rights than 0600. */
async function listen(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, "listening");
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: AdminHandlers,
  log: AdminServerDeps["log"],
): Promise<void> {
  try {
    const command = request.url?.slice(1) ?? "";
    if (request.method !== "POST" || !isAdminCommand(command)) throw new TandemError("request.not-found");
    const input = parseJson(await readBody(request, response, MOST_BYTES));
    send(response, 200, await dispatch(handlers, command, input, "cli"));
  } catch (error) {
    const known = toTandemError(error);
    if (hasCode(known, "internal.unexpected")) log.error({ err: error }, "an admin command failed unexpectedly");
    discardRest(request);
    send(response, known.status, { code: known.code, details: known.details });
  }
}

function send(response: ServerResponse, status: number, payload: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(payload));
}
