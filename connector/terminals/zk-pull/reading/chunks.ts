import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { Command } from "../commands.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Step } from "../wire/step.ts";

export interface ChunkOptions {
  readonly step: Step;
  readonly chunkSize: number;
  readonly progress?: ReadProgress | undefined;
}

/** What TCP terminals are asked for at once; over UDP less (`zk-pull.md` §2.1). */
export const TCP_CHUNK = 0xffc0;
export const UDP_CHUNK = 16_384;
const SMALLEST_CHUNK = 512;
const TRIES = 4;
const LENGTH_FIELD = 4;

/**
 * Fetches a buffered data set one chunk after the other: many at once wedge terminals on slow links (§2.2). A short
 * chunk is asked for again, then in halves. Announcing too little is known of terminals: the data set's own length tells
 * what more to ask for. Errors: `terminal.incomplete`, `terminal.refused` and those of the line.
 */
export async function readChunks(talk: Conversation, announced: number, options: ChunkOptions): Promise<Buffer> {
  const parts: Buffer[] = [];
  let got = 0;
  let total = announced;
  let size = options.chunkSize;
  while (got < total) {
    const chunk = await readChunk(talk, got, Math.min(size, total - got), options.step);
    if (chunk === null) {
      size = Math.min(size, total - got) >> 1;
      if (size < SMALLEST_CHUNK) throw giveUp(talk, new TandemError("terminal.incomplete", { got, want: total }));
      continue;
    }
    parts.push(chunk);
    got += chunk.length;
    if (got === chunk.length) total = Math.max(announced, ownLength(chunk));
    options.progress?.(got, total);
  }
  return Buffer.concat(parts, total);
}

/** Null when the chunk came short every time. */
async function readChunk(talk: Conversation, start: number, length: number, step: Step): Promise<Buffer | null> {
  const request = Buffer.alloc(8);
  request.writeUInt32LE(start, 0);
  request.writeUInt32LE(length, 4);
  const damaged: Buffer[] = [];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const reply = await talk.collect(Command.chunkRead, request, length, step);
      if (reply.refusal !== null) throw new TandemError("terminal.incomplete", { got: start, want: start + length });
      if (!reply.isComplete) continue;
      const bytes = reply.bytes();
      // Only what a repetition confirms is believed against its checksum.
      if (reply.isIntact || damaged.some((before) => before.equals(bytes))) return bytes;
      damaged.push(bytes);
    } catch (error) {
      if (hasCode(error, "terminal.incomplete") || !talk.mayRepeat(error, attempt)) throw error;
    }
  }
  return null;
}

/** What no size of chunk has mended, only a new connection can. */
function giveUp(talk: Conversation, error: TandemError): TandemError {
  talk.line.fail(error);
  return error;
}

function ownLength(chunk: Buffer): number {
  return chunk.length < LENGTH_FIELD ? 0 : LENGTH_FIELD + chunk.readUInt32LE(0);
}
