import { TandemError } from "@tandem/contracts/errors.ts";

import { encodeCommKey } from "../codec/comm-key.ts";
import { Command, Reply } from "../commands.ts";

import type { Conversation } from "./conversation.ts";

/** First byte of what C3 and inBio panels say on the same port (`zk-pull.md` §0.5). */
const PANEL = 0xaa;
const STEP = "connecting";

/**
 * CONNECT and, where the terminal wants it, AUTH; returns the session id (`zk-pull.md` §1.3–1.5). Errors:
 * `terminal.key-required`, `terminal.wrong-key`, `terminal.secured-firmware`, `terminal.refused`.
 */
export async function greet(
  conversation: Conversation,
  commKey: number,
  noteSession: (session: number) => void,
): Promise<void> {
  const { command: code, session } = await conversation.ask(Command.connect, Buffer.alloc(0), STEP);
  if (code === Reply.secured) throw new TandemError("terminal.secured-firmware");
  if (code !== Reply.ok && code !== Reply.unauthorised) throw new TandemError("terminal.refused", { step: STEP, code });
  noteSession(session);
  if (code === Reply.ok) return;
  if (commKey === 0) throw new TandemError("terminal.key-required");
  const answer = await conversation.ask(Command.auth, encodeCommKey(commKey, session), STEP);
  if (answer.command === Reply.unauthorised) throw new TandemError("terminal.wrong-key");
  if (answer.command !== Reply.ok) throw new TandemError("terminal.refused", { step: STEP, code: answer.command });
}

/** What to say of a peer whose first bytes are not this protocol's. */
export function strangerError(bytes: Buffer, address: string): TandemError {
  return bytes[0] === PANEL
    ? new TandemError("terminal.panel-protocol", { address })
    : new TandemError("terminal.not-a-terminal", { address });
}
