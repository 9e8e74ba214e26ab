import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { FingerTemplate, MoveRecord, MoveStage, UserMove } from "../../enrolments.ts";
import { sameUserId } from "../../user-id-rules.ts";
import { isSameTemplate, type TemplateEntry } from "../codec/templates.ts";
import { cardOf, editUserRow, rekeyUserRow } from "../codec/user-edit.ts";
import type { UserRow } from "../codec/users.ts";
import { Command } from "../commands.ts";
import { readUsers, readUserTable, type TableContext, type UserTable } from "../reading/tables.ts";
import { readTemplate } from "../reading/templates.ts";
import type { Wire } from "../wire/wire.ts";
import { emptyUid } from "../writing/empty-uid.ts";
import { writeTemplates } from "../writing/templates.ts";
import { assertUserId, findUser } from "../writing/user-checks.ts";
import { readUserRules, removeUser, rowSizeOf, type UserRules } from "../writing/users.ts";

import type { ReaderLock } from "./lock.ts";
import { decodeMemento, encodeMemento, type Memento } from "./memento.ts";
import { VALID_FLAG } from "./prepare.ts";
import { readUserFingers } from "./read-fingers.ts";

const STEP = "moving a user";

interface Table extends UserTable {
  readonly rules: UserRules;
}

/**
 * The procedure of `zk-pull.md` §4, with the reader locked by the caller. At every moment either the old or the new user
 * is complete: nothing of the old one is deleted before the new one was read back and `verified` was kept.
 */
export async function moveUser(
  wire: Wire,
  context: TableContext,
  { from, to }: UserMove,
  fingers: readonly FingerTemplate[],
  record: MoveRecord,
  lock: ReaderLock,
): Promise<void> {
  const table = await readTable(wire, context);
  const { rows, rules } = table;
  const old = findUser(rows, from, rules);
  if (old === null) throw new TandemError("terminal.user-unknown", { userId: from });
  if (findUser(rows, to, rules) !== null || sameUserId(from, to))
    throw new TandemError("plan.id-taken", { userId: to });
  assertUserId(to, rules, rows);
  await refuseChanged(wire, old.uid, fingers);
  // Room for both until the old one is gone, in users as well as in fingers.
  const capacity = await wire.getInfo();
  const newUid = await emptyUid(wire.conversation, table, capacity.userCapacity);
  const { fingerCapacity, fingers: used } = capacity;
  if (fingerCapacity !== null && used !== null && fingerCapacity > 0 && used + fingers.length > fingerCapacity)
    throw new TandemError("copy.fingers-full", { userId: to });
  await record.begun(encodeMemento({ row: old.row, newUid, fingers: fingers.map(toSlot) }));
  await lock.renew();
  // Two users with one card would be as undecided as one finger under two IDs (§4).
  if (old.user.card !== null) await writeRow(wire, context, editUserRow(old.row, { card: 0 }));
  await writeRow(wire, context, rekeyUserRow(old.row, newUid, to));
  await fill(wire, newUid, fingers, lock);
  await record.verified();
  await lock.renew();
  await removeUser(wire, context, from);
}

/** Finishes or undoes a move, from whatever moment. Answers whether the user is at the new ID now. */
export async function settleMove(
  wire: Wire,
  context: TableContext,
  move: UserMove,
  stage: MoveStage,
  sealed: Uint8Array,
  backup: readonly FingerTemplate[],
  lock: ReaderLock,
): Promise<boolean> {
  const memento = decodeMemento(sealed);
  const { rows } = await readTable(wire, context);
  const oldUid = memento.row.readUInt16LE(0);
  const old = ownRow(rows, oldUid, move.from);
  const fresh = ownRow(rows, memento.newUid, move.to);
  const sources = { wire, lock, uids: [oldUid, memento.newUid], backup };
  // Who is gone altogether was removed by somebody since, and is not brought back.
  if (old === null && fresh === null) return false;
  // A move that was verified goes on; it goes back only where somebody has removed the new user since.
  const isForward = fresh !== null && (stage === "verified" || old === null);
  const [keeps, leaves] = isForward ? [memento.newUid, oldUid] : [oldUid, memento.newUid];
  const lost = await complete(keeps, memento, sources);
  await bringLater(keeps, leaves, sources);
  await lock.renew();
  if (isForward && old !== null) await removeUser(wire, context, move.from);
  if (!isForward && fresh !== null) await removeUser(wire, context, move.to);
  if (!isForward && old !== null) await giveCardBack(wire, context, old, memento);
  // What cannot be had back is no reason to leave the other fingers under two IDs.
  if (lost !== null) throw new TandemError("terminal.finger-lost", { finger: lost });
  return isForward;
}

/** Fingers that somebody enrolled between the cut and now, at the ID that is about to go. */
async function bringLater(keeps: number, leaves: number, { wire, lock }: Sources): Promise<void> {
  for (const { finger, flag, template } of await readUserFingers(wire.conversation, leaves)) {
    await lock.renew();
    if ((await readTemplate(wire.conversation, keeps, finger)) !== null) continue;
    const entry = { uid: keeps, finger, flag: flag ?? VALID_FLAG, template: Buffer.from(template) };
    await writeTemplates(wire.conversation, [entry], []);
  }
}

/** The card that was taken off for the move; whatever else was changed in the row since is somebody's wish. */
async function giveCardBack(wire: Wire, context: TableContext, old: UserRow, { row }: Memento): Promise<void> {
  const card = cardOf(row);
  const rows = await readUsers(wire, context);
  const isTaken = rows.some(({ user }) => user.card === String(card));
  if (card !== 0 && old.user.card === null && !isTaken) await writeRow(wire, context, editUserRow(old.row, { card }));
}

/** Somebody may have enrolled a finger since it was read; it must not be lost. Errors: `copy.source-changed`. */
async function refuseChanged(wire: Wire, uid: number, fingers: readonly FingerTemplate[]): Promise<void> {
  const now = await readUserFingers(wire.conversation, uid);
  const isSame = now.every(({ finger, template }) =>
    fingers.some((known) => known.finger === finger && isSameTemplate(known.template, template)),
  );
  if (!isSame || now.length !== fingers.length) throw new TandemError("copy.source-changed");
}

interface Sources {
  readonly wire: Wire;
  readonly lock: ReaderLock;
  /** Where on the terminal the fingers may still be. */
  readonly uids: readonly number[];
  readonly backup: readonly FingerTemplate[];
}

/** Makes sure that this slot number holds all fingers, from wherever they are left. Answers one that is nowhere, or null. */
async function complete(
  uid: number,
  { fingers }: Memento,
  { wire, lock, uids, backup }: Sources,
): Promise<number | null> {
  let lost: number | null = null;
  for (const { finger, flag } of fingers) {
    await lock.renew();
    if ((await readTemplate(wire.conversation, uid, finger)) !== null) continue;
    const template = await findTemplate(wire, uids, finger, backup);
    if (template === null) lost = finger;
    else await writeTemplates(wire.conversation, [{ uid, finger, flag, template }], []);
  }
  return lost;
}

async function findTemplate(
  wire: Wire,
  uids: readonly number[],
  finger: number,
  backup: readonly FingerTemplate[],
): Promise<Buffer | null> {
  for (const uid of uids) {
    const template = await readTemplate(wire.conversation, uid, finger);
    if (template !== null) return template;
  }
  const kept = backup.find((copy) => copy.finger === finger);
  return kept === undefined ? null : Buffer.from(kept.template);
}

async function fill(wire: Wire, uid: number, fingers: readonly FingerTemplate[], lock: ReaderLock): Promise<void> {
  for (const { finger, flag, template } of fingers) {
    await lock.renew();
    await writeTemplates(
      wire.conversation,
      [{ uid, finger, flag: flag ?? VALID_FLAG, template: Buffer.from(template) }],
      [],
    );
  }
}

/** Writes a row and reads it back. Errors: `terminal.not-stored`, `terminal.refused`, `terminal.*`. */
async function writeRow(wire: Wire, context: TableContext, row: Buffer): Promise<void> {
  await wire.conversation.askOk(Command.userWrite, STEP, row);
  await wire.conversation.askOk(Command.refreshData, STEP);
  const uid = row.readUInt16LE(0);
  const stored = (await readUsers(wire, context)).find((user) => user.uid === uid);
  if (stored?.row.equals(row) !== true) throw new TandemError("terminal.not-stored", { what: "user" });
}

async function readTable(wire: Wire, context: TableContext): Promise<Table> {
  const table = await readUserTable(wire, context);
  return { ...table, rules: await readUserRules(wire, rowSizeOf(table.rows)) };
}

/** A row of ours: by slot and by ID, so that somebody who got the slot since is never touched. */
function ownRow(rows: readonly UserRow[], uid: number, userId: UserId): UserRow | null {
  return rows.find((row) => row.uid === uid && sameUserId(row.user.userId, userId)) ?? null;
}

function toSlot({ finger, flag }: FingerTemplate): Pick<TemplateEntry, "finger" | "flag"> {
  return { finger, flag: flag ?? VALID_FLAG };
}
