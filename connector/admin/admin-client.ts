import { request } from "node:http";
import { dirname } from "node:path";

import { z } from "zod";

import { ADMIN, type AdminCommand, type AdminReply } from "@tandem/contracts/admin.ts";
import { isErrorCode, TandemError } from "@tandem/contracts/errors.ts";

import { requirePrivateFolder } from "./private-folder.ts";

const Failure = z.object({
  code: z.string().refine(isErrorCode),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/**
 * Asks the running connector. Errors: `cli.not-running` when none listens, `store.folder-unusable` where somebody else could
 * answer in its place, and the command's own.
 */
export async function askConnector<C extends AdminCommand>(
  path: string,
  command: C,
  input: object,
): Promise<AdminReply<C>> {
  await requireOurs(path);
  const { status, text } = await post(path, command, JSON.stringify(input));
  const body: unknown = JSON.parse(text);
  // The reply is our own process's, validated by nothing on the way out; its schema is the contract of both sides.
  if (status === 200) return ADMIN[command].reply.parse(body) as AdminReply<C>;
  const failure = Failure.parse(body);
  throw new TandemError(failure.code, failure.details);
}

/** Credentials are sent here, so nobody else may stand at the other end. */
async function requireOurs(path: string): Promise<void> {
  if (path.startsWith("\\\\")) return;
  try {
    await requirePrivateFolder(dirname(path));
  } catch (error) {
    if (error instanceof TandemError) throw error;
    // No folder, hence no connector.
    throw new TandemError("cli.not-running", {}, { cause: error });
  }
}

function post(socketPath: string, command: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, path: `/${command}`, method: "POST" }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      // No socket, or one that a killed process left behind.
      const isAbsent = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      reject(isAbsent ? new TandemError("cli.not-running", {}, { cause: error }) : error);
    });
    outgoing.end(body);
  });
}
