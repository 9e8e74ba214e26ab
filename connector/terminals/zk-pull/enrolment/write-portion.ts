import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { EnrolmentWish, UploadMethod } from "../../enrolments.ts";
import { isSameRow } from "../codec/same-row.ts";
import { isSameTemplate, type TemplateEntry } from "../codec/templates.ts";
import type { UserRow } from "../codec/users.ts";
import { Command } from "../commands.ts";
import { readUserTable, readUsers, type TableContext } from "../reading/tables.ts";
import { readTemplate } from "../reading/templates.ts";
import type { Conversation } from "../wire/conversation.ts";
import type { Wire } from "../wire/wire.ts";
import { emptyUid } from "../writing/empty-uid.ts";
import { writeInBulk, writeTemplates } from "../writing/templates.ts";
import { freeUid } from "../writing/user-checks.ts";
import { nameEncodingOf, readUserRules, rowSizeOf, type UserRules } from "../writing/users.ts";

import type { ReaderLock } from "./lock.ts";
import { prepare, type Prepared, VALID_FLAG } from "./prepare.ts";

const STEP = "writing a user";

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
  readonly rules: UserRules;
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
  const table = await readUserTable(wire, context);
  const rows = [...table.rows];
  const rules = await readUserRules(wire, rowSizeOf(rows));
  const nameEncoding = nameEncodingOf(table.rows, context);
  const { userCapacity } = await wire.getInfo();
  const talk = wire.conversation;
  const left = new Set([...table.fingerUids, ...(occupied?.keys() ?? [])]);
  const chooseUid = (taken: readonly UserRow[]): Promise<number> =>
    occupied === null
      ? emptyUid(talk, { rows: taken, fingerUids: left }, userCapacity)
      : Promise.resolve(freeUid(taken, userCapacity, left));
  const failed = new Map<UserId, TandemError>();
  const prepared: Prepared[] = [];
  const held: TemplateEntry[] = [];
  for (const wish of wishes) {
    await lock.renew();
    await attempt(talk, failed, wish.userId, async () => {
      const ready = await prepare(wish, rows, { rules, nameEncoding, chooseUid });
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
  return { written, failed, method: isBulk ? "bulk" : "single", rules };
}

/** Which of these users are not on the terminal as they were written. Errors: `terminal.*`. */
export async function readBack(
  wire: Wire,
  context: TableContext,
  { written, rules }: Portion,
): Promise<ReadonlyMap<UserId, TandemError>> {
  const rows = new Map((await readUsers(wire, context)).map((row) => [row.uid, row]));
  const failed = new Map<UserId, TandemError>();
  for (const ready of written) {
    await attempt(wire.conversation, failed, ready.userId, () =>
      compare(wire.conversation, ready, rows.get(ready.uid), rules),
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

/** What the slots to be filled hold now; a new user's are empty, or the uid would not have been chosen. */
async function readHeld(
  talk: Conversation,
  { uid, isNew, entries }: Prepared,
  occupied: PortionOptions["occupied"],
): Promise<readonly TemplateEntry[]> {
  if (isNew) return [];
  if (occupied !== null) return occupied.get(uid) ?? [];
  const held: TemplateEntry[] = [];
  for (const { finger } of entries) {
    const template = await readTemplate(talk, uid, finger);
    if (template !== null) held.push({ uid, finger, flag: VALID_FLAG, template });
  }
  return held;
}

/** A slot with something else in it is somebody's finger. Errors: `terminal.finger-taken`. */
function refuseOtherFingers({ entries }: Prepared, held: readonly TemplateEntry[]): void {
  for (const { finger, template } of entries) {
    const there = held.find((slot) => slot.finger === finger);
    if (there !== undefined && !isSameTemplate(there.template, template))
      throw new TandemError("terminal.finger-taken", { finger });
  }
}

/** Command 110 writes into empty slots and has no place for another flag (`zk-pull.md` §3.2). */
function isForBulk({ entries, uid }: Prepared, held: readonly TemplateEntry[]): boolean {
  return (
    entries.length > 0 && entries.every(({ flag }) => flag === VALID_FLAG) && !held.some((slot) => slot.uid === uid)
  );
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
  rules: UserRules,
): Promise<void> {
  if (stored === undefined || !isSameRow(stored.row, row, rules))
    throw new TandemError("terminal.not-stored", { what: "user" });
  for (const { finger, template } of entries) {
    const now = await readTemplate(talk, uid, finger);
    if (now === null || !isSameTemplate(now, template))
      throw new TandemError("terminal.not-stored", { what: "finger", finger });
  }
}
