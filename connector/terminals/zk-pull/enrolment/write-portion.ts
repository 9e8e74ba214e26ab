import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { EnrolmentWish, UploadMethod } from "../../enrolments.ts";
import type { TemplateEntry } from "../codec/templates.ts";
import type { UserRow } from "../codec/users.ts";
import { Command } from "../commands.ts";
import { readUsers, type TableContext } from "../reading/tables.ts";
import { readTemplate } from "../reading/templates.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Wire } from "../wire/wire.ts";
import { writeInBulk, writeTemplates } from "../writing/templates.ts";
import { readUserRules } from "../writing/users.ts";

import type { ReaderLock } from "./lock.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { FINGER_SLOTS } from "./read-fingers.ts";

const STEP = "writing a user";
/** Command 110 has no place for another flag (`zk-pull.md` §3.2). */
const VALID = 1;

export interface PortionOptions {
  /** Null: bulk, and one after the other where the terminal does not know that. */
  readonly method: UploadMethod | null;
  /** Every template on the terminal; null where not everybody's may be read, and slots are asked one by one. */
  readonly occupied: ReadonlyMap<number, readonly TemplateEntry[]> | null;
  readonly lock: ReaderLock;
}

/** What became of a portion before it is read back. */
export interface Portion {
  readonly written: readonly Prepared[];
  readonly failed: ReadonlyMap<UserId, TandemError>;
  readonly method: UploadMethod;
}

/**
 * Writes users and their fingers. All checks of a user come before the first of their bytes. One user's failure is noted
 * and the others go on. Errors: those that end the conversation.
 */
export async function writePortion(
  wire: Wire,
  context: TableContext,
  wishes: readonly EnrolmentWish[],
  { method, occupied, lock }: PortionOptions,
): Promise<Portion> {
  const rows = [...(await readUsers(wire, context))];
  const rules = await readUserRules(wire, rows[0]?.row.length === 28 ? 28 : rows.length > 0 ? 72 : undefined);
  const { userCapacity } = await wire.getInfo();
  const talk = wire.conversation;
  const failed = new Map<UserId, TandemError>();
  const prepared: Prepared[] = [];
  const held: TemplateEntry[] = [];
  for (const wish of wishes) {
    await attempt(talk, failed, wish.userId, async () => {
      const ready = prepare(wish, rows, { rules, context, userCapacity });
      const slots = await readHeld(talk, ready, occupied);
      refuseOtherFingers(ready, slots);
      held.push(...slots);
      prepared.push(ready);
    });
  }
  const inBulk = method === "single" ? [] : prepared.filter((ready) => isForBulk(ready, held));
  const isBulk = await tryBulk(talk, inBulk);
  const done = new Set(isBulk ? inBulk : []);
  for (const ready of prepared.filter((one) => !done.has(one))) {
    await lock.renew();
    await attempt(talk, failed, ready.userId, () => writeOne(talk, ready, held));
  }
  const written = prepared.filter(({ userId }) => !failed.has(userId));
  return { written, failed, method: isBulk ? "bulk" : "single" };
}

/** Which of these users are not on the terminal as they were written. Errors: `terminal.*`. */
export async function readBack(
  wire: Wire,
  context: TableContext,
  written: readonly Prepared[],
): Promise<ReadonlyMap<UserId, TandemError>> {
  const rows = new Map((await readUsers(wire, context)).map((row) => [row.uid, row]));
  const failed = new Map<UserId, TandemError>();
  for (const ready of written) {
    await attempt(wire.conversation, failed, ready.userId, () =>
      compare(wire.conversation, ready, rows.get(ready.uid)),
    );
  }
  return failed;
}

/** Runs one user's work and keeps its failure; only what ends the conversation ends the portion. */
async function attempt(
  talk: Conversation,
  failed: Map<UserId, TandemError>,
  userId: UserId,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (talk.line.lost !== null || hasCode(error, "terminal.shadow-mode", "internal.unexpected")) throw error;
    failed.set(userId, toTandemError(error));
  }
}

/** What the slots to be filled hold now. A new user's slot must be wholly empty, or they would get somebody's fingers. */
async function readHeld(
  talk: Conversation,
  { uid, isNew, entries }: Prepared,
  occupied: PortionOptions["occupied"],
): Promise<readonly TemplateEntry[]> {
  const slots = isNew ? FINGER_SLOTS : entries.map(({ finger }) => finger);
  const held = occupied === null ? await readSlots(talk, uid, slots) : (occupied.get(uid) ?? []);
  const [first] = held;
  if (isNew && first !== undefined) throw new TandemError("terminal.slot-not-empty", { finger: first.finger });
  return held;
}

/** A slot with something else in it is somebody's finger. Errors: `terminal.finger-taken`. */
function refuseOtherFingers({ entries }: Prepared, held: readonly TemplateEntry[]): void {
  for (const { finger, template } of entries) {
    const there = held.find((slot) => slot.finger === finger);
    if (there !== undefined && !there.template.equals(template))
      throw new TandemError("terminal.finger-taken", { finger });
  }
}

async function readSlots(talk: Conversation, uid: number, slots: readonly number[]): Promise<readonly TemplateEntry[]> {
  const held: TemplateEntry[] = [];
  for (const finger of slots) {
    const template = await readTemplate(talk, uid, finger);
    if (template !== null) held.push({ uid, finger, flag: VALID, template });
  }
  return held;
}

function isForBulk({ entries, uid }: Prepared, held: readonly TemplateEntry[]): boolean {
  return entries.length > 0 && entries.every(({ flag }) => flag === VALID) && !held.some((slot) => slot.uid === uid);
}

/** False where the terminal refused. */
async function tryBulk(talk: Conversation, portion: readonly Prepared[]): Promise<boolean> {
  if (portion.length === 0) return false;
  try {
    const rows = portion.map(({ row }) => row);
    const entries = portion.flatMap((ready) => ready.entries);
    await writeInBulk(talk, rows, entries);
    return true;
  } catch (error) {
    if (!hasCode(error, "terminal.refused")) throw error;
    return false;
  }
}

async function writeOne(talk: Conversation, ready: Prepared, held: readonly TemplateEntry[]): Promise<void> {
  if (ready.isRowChanged) {
    await talk.askOk(Command.userWrite, STEP, ready.row);
    await talk.askOk(Command.refreshData, STEP);
  }
  await writeTemplates(talk, ready.entries, held);
}

async function compare(
  talk: Conversation,
  { row, uid, entries }: Prepared,
  stored: UserRow | undefined,
): Promise<void> {
  if (stored?.row.equals(row) !== true) throw new TandemError("terminal.not-stored", { what: "user" });
  for (const { finger, template } of entries) {
    const now = await readTemplate(talk, uid, finger);
    if (now?.equals(template) !== true) throw new TandemError("terminal.not-stored", { what: "finger", finger });
  }
}
