import type { IncomingMessage, ServerResponse } from "node:http";

import { TandemError } from "@tandem/contracts/errors.ts";

/** What a refused sender may still push before its connection is cut: enough for it to read the answer first. */
const DISCARDED_BYTES = 8 * 1024 * 1024;

/**
 * The body, at most `limit` bytes; a larger one is refused as soon as it is known to be, and the rest is not kept.
 * Errors: `request.too-large`, `request.content-type` for a compressed body.
 */
export async function readBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw new TandemError("request.content-type");
  if (Number(request.headers["content-length"] ?? 0) > limit) throw new TandemError("request.too-large", { limit });
  // Such a client waits until it is told that its headers have passed.
  if (request.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving a plain loop would destroy the connection, and with it the refusal.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // Node types the chunks of a request as any; without an encoding they are Buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new TandemError("request.too-large", { limit });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/**
 * Lets the unread rest of a refused request run into nothing. Closing at once would make the system answer with a reset,
 * which overtakes the refusal; a sender that goes on and on is cut off, and the server's request timeout ends a slow one.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  let left = DISCARDED_BYTES;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}
