import type { UserId } from "@tandem/contracts/domain/ids.ts";

import type { FingerTemplate } from "../../enrolments.ts";
import type { ReadProgress } from "../../terminal.ts";
import type { UserRow } from "../codec/users.ts";
import { readTemplate, readTemplates } from "../reading/templates.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Wire } from "../wire/wire.ts";
import { FINGERS } from "../writing/finger-slots.ts";

/** Only the bulk read tells a finger's flag (`zk-pull.md` §3.1). */
const UNTOLD = null;

/** Whether the bulk read, which always brings everybody's, brings only what may be read. */
export function mayReadAll(rows: readonly UserRow[], of: ReadonlySet<UserId>): boolean {
  return rows.every((row) => isMeant(row, of));
}

/** A user without an ID is shown by a number that may be somebody else's, and is never meant. */
export function isMeant({ user }: UserRow, of: ReadonlySet<UserId>): boolean {
  return user.withoutId !== true && of.has(user.userId);
}

/** The fingers of these users and of nobody else. Errors: `terminal.*`. */
export async function readFingers(
  wire: Wire,
  rows: readonly UserRow[],
  of: ReadonlySet<UserId>,
  progress?: ReadProgress,
): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
  const wanted = rows.filter((row) => isMeant(row, of));
  if (wanted.length === 0) return new Map();
  if (!mayReadAll(rows, of)) return readOneByOne(wire.conversation, wanted, progress);
  const userIds = new Map(wanted.map(({ uid, user }) => [uid, user.userId]));
  const found = new Map<UserId, FingerTemplate[]>();
  for (const { uid, finger, flag, template } of await readTemplates(wire, progress)) {
    const userId = userIds.get(uid);
    if (userId === undefined) continue;
    const fingers = found.get(userId) ?? [];
    fingers.push({ finger, flag, template });
    found.set(userId, fingers);
  }
  return found;
}

/** The fingers of one user, slot by slot. Errors: `terminal.*`. */
export async function readUserFingers(talk: Conversation, uid: number): Promise<readonly FingerTemplate[]> {
  const fingers: FingerTemplate[] = [];
  for (const finger of FINGERS) {
    const template = await readTemplate(talk, uid, finger);
    if (template !== null) fingers.push({ finger, flag: UNTOLD, template });
  }
  return fingers;
}

async function readOneByOne(
  talk: Conversation,
  wanted: readonly UserRow[],
  progress?: ReadProgress,
): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
  const found = new Map<UserId, readonly FingerTemplate[]>();
  for (const [at, { uid, user }] of wanted.entries()) {
    const fingers = await readUserFingers(talk, uid);
    if (fingers.length > 0) found.set(user.userId, fingers);
    progress?.(at + 1, wanted.length);
  }
  return found;
}
