import { TandemError } from "@tandem/contracts/errors.ts";

import { encodeBulkUpload } from "../codec/bulk-upload.ts";
import { isSameTemplate, type TemplateEntry } from "../codec/templates.ts";
import { Command } from "../commands.ts";
import { encodeSlot, readTemplate } from "../reading/templates.ts";
import type { Conversation } from "../wire/conversation.ts";

import { assertEmpty, emptyFingers, FINGERS } from "./finger-slots.ts";
import { upload } from "./upload.ts";

const STEP = "writing a fingerprint";
const NO_DATA = Buffer.alloc(0);
const VALID = 1;

/**
 * Writes templates of users whose rows exist, one slot after the other, and reads each back. `held` is what the terminal
 * held in these slots when it was last read: a slot with something else in it is somebody's new finger, and is not
 * touched. An occupied slot is emptied first, because some firmware takes a template into an empty slot only
 * (`zk-pull.md` §3.2); when the new one does not arrive, the old one is put back. Errors: `terminal.finger-taken`,
 * `terminal.finger-lost`, `terminal.not-stored`, `terminal.refused`, `terminal.*`.
 */
export async function writeTemplates(
  talk: Conversation,
  templates: readonly TemplateEntry[],
  held: readonly TemplateEntry[],
): Promise<void> {
  for (const entry of templates) {
    const { uid, finger } = entry;
    const now = await readTemplate(talk, uid, finger);
    const before = held.find((other) => other.uid === uid && other.finger === finger) ?? null;
    if (now === null) await fillSlot(talk, entry);
    else if (before === null || !isSameTemplate(before.template, now)) {
      if (!isSameTemplate(entry.template, now)) throw new TandemError("terminal.finger-taken", { finger });
    } else if (before.flag !== entry.flag || !isSameTemplate(entry.template, now))
      await replace(talk, before, entry, held);
  }
}

async function replace(
  talk: Conversation,
  before: TemplateEntry,
  entry: TemplateEntry,
  held: readonly TemplateEntry[],
): Promise<void> {
  try {
    await deleteTemplates(talk, entry.uid, [entry.finger], held);
    await fillSlot(talk, entry);
  } catch (error) {
    await putBack(talk, before, error);
    throw error;
  }
}

/**
 * Empties finger slots and makes sure of it. By one reading of the protocol finger 0 stands for all ten (`zk-pull.md` §3.3),
 * so the others of that user are kept in memory and put back where they went too; `held` tells their flags.
 * Errors: `terminal.not-stored`, `terminal.finger-lost`, `terminal.*`.
 */
export async function deleteTemplates(
  talk: Conversation,
  uid: number,
  fingers: readonly number[],
  held: readonly TemplateEntry[] = [],
): Promise<void> {
  const others = fingers.includes(0) ? await readOthers(talk, uid, fingers, held) : [];
  try {
    await assertEmpty(talk, uid, await emptyFingers(talk, uid, fingers));
  } finally {
    for (const other of others)
      if ((await readTemplate(talk, uid, other.finger)) === null) await putBack(talk, other, null);
  }
}

async function readOthers(
  talk: Conversation,
  uid: number,
  fingers: readonly number[],
  held: readonly TemplateEntry[],
): Promise<readonly TemplateEntry[]> {
  const others: TemplateEntry[] = [];
  for (const finger of FINGERS.filter((slot) => !fingers.includes(slot))) {
    const template = await readTemplate(talk, uid, finger);
    const known = held.find((entry) => entry.uid === uid && entry.finger === finger);
    if (template !== null) others.push({ uid, finger, flag: known?.flag ?? VALID, template });
  }
  return others;
}

/**
 * Writes users and templates in one upload. Reading back is the caller's, once for all that was written.
 * Errors: `terminal.refused` where the terminal does not know command 110, `terminal.*`.
 */
export async function writeInBulk(
  talk: Conversation,
  rows: readonly Buffer[],
  templates: readonly TemplateEntry[],
): Promise<void> {
  await upload(talk, encodeBulkUpload(rows, templates), STEP);
  const save = Buffer.alloc(8);
  save.writeUInt32LE(12, 0);
  save.writeUInt16LE(8, 6);
  await talk.askOk(Command.saveTemplates, STEP, save);
  await refresh(talk);
}

async function fillSlot(talk: Conversation, { uid, finger, flag, template }: TemplateEntry): Promise<void> {
  await upload(talk, template, STEP);
  const save = Buffer.alloc(6);
  encodeSlot(uid, finger).copy(save);
  save.writeUInt8(flag, 3);
  save.writeUInt16LE(template.length, 4);
  await talk.askOk(Command.templateWrite, STEP, save);
  await talk.ask(Command.freeData, NO_DATA, STEP);
  await refresh(talk);
  const stored = await readTemplate(talk, uid, finger);
  if (stored === null || !isSameTemplate(template, stored))
    throw new TandemError("terminal.not-stored", { what: "finger", finger });
}

/** The slot held something before, so a failure to write the new template must not cost the old one. */
async function putBack(talk: Conversation, before: TemplateEntry, reason: unknown): Promise<void> {
  try {
    const now = await readTemplate(talk, before.uid, before.finger);
    // It never went.
    if (now !== null && isSameTemplate(now, before.template)) return;
    await fillSlot(talk, before);
  } catch {
    throw new TandemError("terminal.finger-lost", { finger: before.finger }, { cause: reason });
  }
}

/** Without it writes may not appear or not count (`zk-pull.md` §1.6). */
async function refresh(talk: Conversation): Promise<void> {
  await talk.askOk(Command.refreshData, "refreshing");
}
