import { TandemError } from "@tandem/contracts/errors.ts";

import { Command, isRefusal } from "../commands.ts";
import { encodeSlot, readTemplate } from "../reading/templates.ts";
import type { Conversation } from "../wire/conversation.ts";

/** Finger slots of every user (`zk-pull.md` §3.1). */
export const FINGERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

const STEP = "deleting a fingerprint";

/**
 * Empties finger slots without looking into them, and makes sure of each that the terminal said it emptied. Answers the
 * others, in which mostly nothing was. Errors: `terminal.not-stored`, `terminal.shadow-mode`, `terminal.*`.
 */
export async function emptyFingers(
  talk: Conversation,
  uid: number,
  fingers: readonly number[],
): Promise<readonly number[]> {
  const emptied: number[] = [];
  for (const finger of fingers) {
    const reply = await talk.ask(Command.deleteUserTemp, encodeSlot(uid, finger), STEP);
    if (!isRefusal(reply.command)) emptied.push(finger);
  }
  if (emptied.length > 0) await talk.askOk(Command.refreshData, "refreshing");
  await assertEmpty(talk, uid, emptied);
  return fingers.filter((finger) => !emptied.includes(finger));
}

/** Errors: `terminal.not-stored` where a slot still holds a finger, `terminal.*`. */
export async function assertEmpty(talk: Conversation, uid: number, fingers: readonly number[]): Promise<void> {
  const finger = await firstHeld(talk, uid, fingers);
  if (finger !== null) throw new TandemError("terminal.not-stored", { what: "finger", finger });
}

/** The first of these slots that holds a finger. What an empty slot answers is nobody's biometrics. Errors: `terminal.*`. */
export async function firstHeld(talk: Conversation, uid: number, fingers: readonly number[]): Promise<number | null> {
  for (const finger of fingers) if ((await readTemplate(talk, uid, finger)) !== null) return finger;
  return null;
}
