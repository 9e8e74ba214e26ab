import { Command } from "../commands.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Step } from "../wire/step.ts";

/** No packet of an upload may be longer (`zk-pull.md` §3.2). */
const LARGEST_PART = 1_024;

/**
 * Puts bytes into the terminal's buffer, where the next command finds them (1500, then 1501 for each part). Over UDP a
 * part whose acknowledgement was lost arrives twice: only reading back shows what the terminal has made of an upload.
 * Errors: `terminal.refused`, `terminal.*`.
 */
export async function upload(talk: Conversation, bytes: Buffer, step: Step): Promise<void> {
  await talk.ask(Command.freeData, Buffer.alloc(0), step);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length, 0);
  await talk.askOk(Command.prepareData, step, size);
  for (let at = 0; at < bytes.length; at += LARGEST_PART)
    await talk.askOk(Command.data, step, bytes.subarray(at, at + LARGEST_PART));
}
