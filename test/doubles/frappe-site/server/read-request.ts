import type { IncomingMessage } from "node:http";

import type { SiteRequest } from "../rest/site-request.ts";

/** Reads a whole request. */
export async function readRequest(incoming: IncomingMessage): Promise<SiteRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "/", "http://site");
  const segments = url.pathname.split("/").slice(1).map(decode);
  return {
    method: incoming.method ?? "GET",
    path: `/${segments.join("/")}`,
    rawPath: url.pathname,
    rawQuery: url.search.slice(1),
    segments,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
