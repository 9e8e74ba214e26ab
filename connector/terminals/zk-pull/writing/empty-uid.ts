import { TandemError } from "@tandem/contracts/errors.ts";

import type { UserTable } from "../reading/tables.ts";
import type { Conversation } from "../wire/conversation.ts";

import { FINGERS, firstHeld } from "./finger-slots.ts";
import { freeUid } from "./user-checks.ts";

/** More slots with left-over fingerprints in a row than this are a terminal that answers anything. */
const TRIES = 1_000;

/**
 * A slot for a new user in which nothing of anybody is left: whoever gets a slot gets its fingerprints too (`zk-pull.md`
 * §5). Errors: `terminal.slot-not-empty`, `terminal.user-capacity`, `terminal.*`.
 */
export async function emptyUid(
  talk: Conversation,
  { rows, fingerUids }: UserTable,
  capacity: number | null,
): Promise<number> {
  const avoided = new Set(fingerUids);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const uid = freeUid(rows, capacity, avoided);
    if ((await firstHeld(talk, uid, FINGERS)) === null) return uid;
    avoided.add(uid);
  }
  throw new TandemError("terminal.slot-not-empty");
}
