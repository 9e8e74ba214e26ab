import { TandemError } from "@tandem/contracts/errors.ts";

import type { ReadProgress } from "../../terminal.ts";
import { decodeTemplates, type TemplateEntry } from "../codec/templates.ts";
import { Command } from "../commands.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Wire } from "../wire/wire.ts";

import { TEMPLATES } from "./data-set.ts";

const STEP = "reading a fingerprint";
const TRIES = 3;

/** Every fingerprint template that the terminal holds (`zk-pull.md` §3.1). Errors: `terminal.*`, never part of them. */
export async function readTemplates(wire: Wire, progress?: ReadProgress): Promise<readonly TemplateEntry[]> {
  return decodeTemplates(await wire.readTable(TEMPLATES, progress));
}

/**
 * The template in one finger slot; null where the slot is empty. Command 9 sends the bare template; 88, which adds one
 * byte, is for terminals that do not know 9 in this form (`zk-pull.md` §3.1). Errors: `terminal.*`.
 */
export async function readTemplate(talk: Conversation, uid: number, finger: number): Promise<Buffer | null> {
  const slot = encodeSlot(uid, finger);
  const bare = await readSlot(talk, Command.userTempRead, slot);
  if (bare !== null) return bare;
  const padded = await readSlot(talk, Command.templateRead, slot);
  return padded === null || padded.length <= 1 ? null : padded.subarray(0, -1);
}

/** u16 uid, u8 finger: how 9, 19 and 88 name a finger slot. */
export function encodeSlot(uid: number, finger: number): Buffer {
  const slot = Buffer.alloc(3);
  slot.writeUInt16LE(uid, 0);
  slot.writeUInt8(finger, 2);
  return slot;
}

async function readSlot(talk: Conversation, command: number, slot: Buffer): Promise<Buffer | null> {
  const damaged: Buffer[] = [];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const reply = await talk.collect(command, slot, "announced", STEP);
    if (reply.refusal !== null) return null;
    if (!reply.isComplete) continue;
    const bytes = reply.bytes();
    // Only what a repetition confirms is believed against its checksum.
    if (reply.isIntact || damaged.some((before) => before.equals(bytes))) return bytes;
    damaged.push(bytes);
  }
  throw new TandemError("terminal.incomplete", { got: 0, want: null });
}
