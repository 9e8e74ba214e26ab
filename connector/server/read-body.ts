import type { IncomingMessage } from "node:http";

import { TandemError } from "@tandem/contracts/errors.ts";

/** The body, at most `limit` bytes; a larger one is refused as soon as it is known to be. Errors: `request.too-large`. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw new TandemError("request.too-large", { limit });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Node types the chunks of a request as any; without an encoding they are Buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new TandemError("request.too-large", { limit });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Errors: `request.malformed`. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new TandemError("request.malformed", {}, { cause });
  }
}
