import type { TerminalCapacity } from "@tandem/contracts/domain/terminal.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { decodeFreeSizes } from "../codec/free-sizes.ts";
import { Command } from "../commands.ts";
import type { Conversation, DataReply } from "../wire/conversation.ts";
import type { Step } from "../wire/step.ts";

import { readChunks } from "./chunks.ts";

/** One of the terminal's tables, and how it is asked for (`zk-pull.md` §2.1, §2.3). */
export interface DataSet {
  readonly step: Step;
  readonly command: number;
  readonly fct: number;
  /** Data of the legacy request, where the command itself is sent. */
  readonly legacy: Buffer;
  /** Rows the terminal claims to hold; null where it says nothing. */
  readonly count: (capacity: TerminalCapacity) => number | null;
}

export const USERS: DataSet = {
  step: "reading users",
  command: Command.userTempRead,
  fct: 5,
  legacy: Buffer.from([5]),
  count: ({ users }) => users,
};

export const PUNCHES: DataSet = {
  step: "reading punches",
  command: Command.attendanceRead,
  fct: 0,
  legacy: Buffer.alloc(0),
  count: ({ punches }) => punches,
};

export const TEMPLATES: DataSet = {
  step: "reading fingerprints",
  command: Command.dbRead,
  fct: 2,
  legacy: Buffer.from([2]),
  count: ({ fingers }) => fingers,
};

const LENGTH_FIELD = 4;
/** u8, u32 size, u32 size, u32 hash; the first size is enough. */
const ANNOUNCEMENT = 5;
const WHOLE_TRIES = 3;

export interface DataSetOptions {
  readonly chunkSize: number;
  readonly progress?: ReadProgress | undefined;
}

/**
 * Reads all rows of a table, without the length in front. Buffered, inline, at once or the legacy way, as the terminal
 * wants it; always all of it. Errors: `terminal.*`, never part of the data.
 */
export async function readDataSet(talk: Conversation, set: DataSet, options: DataSetOptions): Promise<Buffer> {
  let previous: Buffer | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      await talk.ask(Command.freeData, Buffer.alloc(0), set.step);
      const reply = await talk.collect(Command.bufferedRead, encodeRequest(set), null, set.step);
      const total = announced(reply);
      const note = (bad: Buffer): void => void (previous = bad);
      const isInline = reply.refusal === null && reply.announcement === null && reply.need !== null;
      const bytes =
        total !== null
          ? await readChunks(talk, total, { ...options, step: set.step })
          : isInline
            ? whole(reply, previous, note)
            : await readLegacy(talk, set, previous, note);
      const rows = rowsOf(bytes);
      options.progress?.(bytes.length, bytes.length);
      await talk.ask(Command.freeData, Buffer.alloc(0), set.step);
      return rows;
    } catch (error) {
      if (!isWorthRepeating(talk, error, attempt)) throw error;
    }
  }
}

/** What the terminal says it holds. Errors: `terminal.*`; a refusal is an answer without counts. */
export async function readCapacity(talk: Conversation): Promise<TerminalCapacity> {
  const reply = await talk.ask(Command.freeSizes, Buffer.alloc(0), "reading counts");
  return decodeFreeSizes(reply.data);
}

/** The 11 bytes of 1503. */
function encodeRequest({ command, fct }: DataSet): Buffer {
  const request = Buffer.alloc(11);
  request.writeUInt8(1, 0);
  request.writeUInt16LE(command, 1);
  request.writeUInt32LE(fct, 3);
  return request;
}

function announced({ announcement }: DataReply): number | null {
  if (announcement === null || announcement.length < ANNOUNCEMENT) return null;
  const total = announcement.readUInt32LE(1);
  return total > LENGTH_FIELD ? total : null;
}

/** The command itself, for terminals that refuse 1503 (§2.3). A refusal here too may mean that there is nothing. */
async function readLegacy(
  talk: Conversation,
  set: DataSet,
  previous: Buffer | null,
  note: (bytes: Buffer) => void,
): Promise<Buffer> {
  const reply = await talk.collect(set.command, set.legacy, null, set.step);
  const isEmptyAnswer = reply.got === 0 && (reply.need === null || reply.need === 0);
  if (reply.refusal === null && !isEmptyAnswer) return whole(reply, previous, note);
  const count = set.count(await readCapacity(talk));
  if (count === 0) return Buffer.alloc(LENGTH_FIELD);
  throw new TandemError("terminal.refused", { step: set.step, code: reply.refusal });
}

/** An answer that came at once. A wrong checksum is believed only when the same bytes come again: some firmware may not
 * count as the others do, but a damaged transfer does not repeat itself. */
function whole(reply: DataReply, previous: Buffer | null, note: (bytes: Buffer) => void): Buffer {
  const want = reply.need ?? LENGTH_FIELD;
  if (!reply.isComplete) throw new TandemError("terminal.incomplete", { got: reply.got, want });
  const bytes = reply.bytes();
  if (reply.isIntact || previous?.equals(bytes) === true) return bytes;
  note(bytes);
  throw new TandemError("terminal.incomplete", { got: 0, want });
}

function rowsOf(bytes: Buffer): Buffer {
  const want = bytes.length < LENGTH_FIELD ? LENGTH_FIELD : LENGTH_FIELD + bytes.readUInt32LE(0);
  if (bytes.length !== want) throw new TandemError("terminal.incomplete", { got: bytes.length, want });
  return bytes.subarray(LENGTH_FIELD);
}

function isWorthRepeating(talk: Conversation, error: unknown, attempt: number): boolean {
  if (talk.line.lost !== null || attempt >= WHOLE_TRIES) return false;
  return hasCode(error, "terminal.incomplete") || talk.mayRepeat(error, attempt);
}
