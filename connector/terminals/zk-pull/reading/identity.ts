import { SerialNumber } from "@tandem/contracts/domain/ids.ts";

import type { TerminalIdentity } from "../../terminal.ts";
import { decodeOption, encodeOptionRequest } from "../codec/options.ts";
import { plainText } from "../codec/text.ts";
import { Command, isRefusal } from "../commands.ts";
import type { Conversation } from "../wire/conversation.ts";

const STEP = "reading settings";

/** Asks who the terminal is. Errors: `terminal.*`; what it does not know is null. */
export async function readIdentity(talk: Conversation): Promise<TerminalIdentity> {
  const serial = SerialNumber.safeParse(await readOption(talk, "~SerialNumber"));
  return {
    serial: serial.success ? serial.data : null,
    model: await readOption(talk, "~DeviceName"),
    firmware: await readFirmware(talk),
    platform: await readOption(talk, "~Platform"),
    fingerprintVersion: await readOption(talk, "~ZKFPVersion"),
  };
}

/** Value of an option; null where the terminal does not know it or has nothing to say (`zk-pull.md` §2.9). */
export async function readOption(talk: Conversation, name: string): Promise<string | null> {
  const reply = await talk.ask(Command.optionRead, encodeOptionRequest(name), STEP);
  if (isRefusal(reply.command)) return null;
  const value = decodeOption(name, reply.data);
  return value === "" ? null : value;
}

async function readFirmware(talk: Conversation): Promise<string | null> {
  const reply = await talk.ask(Command.version, Buffer.alloc(0), STEP);
  const version = isRefusal(reply.command) ? "" : plainText(reply.data).trim();
  return version === "" ? null : version;
}
