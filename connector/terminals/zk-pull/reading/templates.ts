import { TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { decodeTemplates, isSameTemplate, type TemplateEntry } from "../codec/templates.ts";
import { Command, Reply } from "../commands.ts";
import type { Conversation, DataReply } from "../wire/conversation.ts";
import type { Wire } from "../wire/wire.ts";

import { readCapacity, TEMPLATES } from "./data-set.ts";

const STEP = "reading a fingerprint";
const TRIES = 3;
const LENGTH_FIELD = 4;
const UNKNOWN: ReadonlySet<number> = new Set([Reply.unknown, Reply.unknownCommand]);

/** What a single read brought; `unknown` where the terminal does not know the command in this form. */
type Reading =
  | "nothing"
  | "unknown"
  | {
      readonly bytes: Buffer;
      /** Whether the terminal said how many bytes there are. */
      readonly isMeasured: boolean;
    };

/** Every fingerprint template that the terminal holds (`zk-pull.md` §3.1). Errors: `terminal.*`, never part of them. */
export async function readTemplates(wire: Wire, progress?: ReadProgress): Promise<readonly TemplateEntry[]> {
  return decodeTemplates(await wire.readTable(TEMPLATES, progress));
}

/**
 * The template in one finger slot; null where the slot is empty. Command 9 sends the bare template; 88 adds a byte at the
 * end, on some firmware six zero bytes before it, which stay (`zk-pull.md` §3.1): compare with `isSameTemplate`. Where
 * nothing says how long an answer is, the other command must confirm its end.
 * Errors: `terminal.incomplete`, `terminal.refused` where no command can tell, `terminal.*`.
 */
export async function readTemplate(talk: Conversation, uid: number, finger: number): Promise<Buffer | null> {
  const slot = encodeSlot(uid, finger);
  const short = await readSlot(talk, Command.userTempRead, slot);
  if (typeof short === "object" && short.isMeasured) return short.bytes;
  const long = await readSlot(talk, Command.templateRead, slot);
  if (typeof short === "object") return confirmed(short.bytes, long);
  // Of an answer that holds its tail alone nothing is left.
  if (typeof long === "object" && long.bytes.length > 1) {
    if (!long.isMeasured) throw new TandemError("terminal.incomplete", { got: long.bytes.length, want: null });
    return long.bytes.subarray(0, -1);
  }
  if (short === "unknown" && long === "unknown") await assertNoFingers(talk);
  return null;
}

/** u16 uid, u8 finger: how 9, 19 and 88 name a finger slot. */
export function encodeSlot(uid: number, finger: number): Buffer {
  const slot = Buffer.alloc(3);
  slot.writeUInt16LE(uid, 0);
  slot.writeUInt8(finger, 2);
  return slot;
}

/** Bytes of unknown length end where the answer with the tail goes on: that is the template's end. */
function confirmed(bytes: Buffer, long: Reading): Buffer {
  const longer = typeof long === "object" ? long.bytes.subarray(0, -1) : Buffer.alloc(0);
  if (longer.length >= bytes.length && isSameTemplate(bytes, longer)) return bytes;
  throw new TandemError("terminal.incomplete", { got: bytes.length, want: null });
}

/** Terminals without a fingerprint reader know no command that reads one. Errors: `terminal.refused`. */
async function assertNoFingers(talk: Conversation): Promise<void> {
  const { fingers } = await readCapacity(talk);
  if (fingers !== 0) throw new TandemError("terminal.refused", { step: STEP, code: Reply.unknown });
}

async function readSlot(talk: Conversation, command: number, slot: Buffer): Promise<Reading> {
  const damaged: Buffer[] = [];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const reply = await collect(talk, command, slot, attempt);
    if (reply === null) continue;
    if (reply.refusal !== null) return UNKNOWN.has(reply.refusal) ? "unknown" : "nothing";
    if (!reply.isComplete && !reply.isBare) continue;
    const bytes = reply.bytes();
    // Only what a repetition confirms is believed against its checksum; without a length, the checksum is all there is.
    const isBelieved = reply.isIntact || (!reply.isBare && damaged.some((before) => before.equals(bytes)));
    if (isBelieved && bytes.length === 0) return "nothing";
    if (isBelieved) return isTable(bytes) ? "unknown" : { bytes, isMeasured: !reply.isBare };
    damaged.push(bytes);
  }
  throw new TandemError("terminal.incomplete", { got: 0, want: null });
}

/** Null where a datagram was lost and the question may be asked again. */
async function collect(talk: Conversation, command: number, slot: Buffer, attempt: number): Promise<DataReply | null> {
  try {
    return await talk.collect(command, slot, "announced", STEP);
  } catch (error) {
    if (attempt < TRIES && talk.mayRepeat(error, attempt)) return null;
    throw error;
  }
}

/** Firmware that goes by the first byte of 9 alone sends a table for some slots (`zk-pull.md` §2.3): it begins with its length. */
function isTable(bytes: Buffer): boolean {
  return bytes.length >= LENGTH_FIELD && bytes.readUInt32LE(0) === bytes.length - LENGTH_FIELD;
}
