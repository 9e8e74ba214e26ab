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

/**
 * Rows of these users. Whoever has no ID, or shares it with somebody, is shown by a number that may mean somebody else,
 * and is never meant.
 */
export function meantRows(rows: readonly UserRow[], of: ReadonlySet<UserId>): readonly UserRow[] {
  const counts = new Map<UserId, number>();
  for (const { user } of rows) counts.set(user.userId, (counts.get(user.userId) ?? 0) + 1);
  return rows.filter(({ user }) => user.withoutId !== true && of.has(user.userId) && counts.get(user.userId) === 1);
}

/** Whether the bulk read, which always brings everybody's, brings only what may be read. */
export function mayReadAll(rows: readonly UserRow[], of: ReadonlySet<UserId>): boolean {
  return rows.length > 0 && meantRows(rows, of).length === rows.length;
}

/** Everybody's fingers; null where not everybody is meant. Errors: `terminal.*`. */
export async function readAllFingers(
  wire: Wire,
  rows: readonly UserRow[],
  of: ReadonlySet<UserId>,
  progress?: ReadProgress,
): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]> | null> {
  if (!mayReadAll(rows, of)) return null;
  const userIds = new Map(rows.map(({ uid, user }) => [uid, user.userId]));
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

/** The fingers of these users, slot by slot. Errors: `terminal.*`. */
export async function readFingersOf(
  talk: Conversation,
  wanted: readonly UserRow[],
): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
  const found = new Map<UserId, readonly FingerTemplate[]>();
  for (const { uid, user } of wanted) {
    const fingers = await readUserFingers(talk, uid);
    if (fingers.length > 0) found.set(user.userId, fingers);
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
