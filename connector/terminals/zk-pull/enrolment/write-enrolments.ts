import type { UserId } from "@tandem/contracts/domain/ids.ts";
import type { TandemError } from "@tandem/contracts/errors.ts";

import type { EnrolmentWish, UploadMethod, WriteOptions } from "../../enrolments.ts";
import type { TemplateEntry } from "../codec/templates.ts";
import { readUsers, type TableContext } from "../reading/tables.ts";
import { readTemplates } from "../reading/templates.ts";
import type { Wire } from "../wire/wire.ts";

import type { ReaderLock } from "./lock.ts";
import { mayReadAll } from "./read-fingers.ts";
import { type Portion, readBack, writePortion } from "./write-portion.ts";

/** Between two portions people can punch, so one portion is a matter of seconds. */
const PORTION = 100;

/** How a portion's work gets at the terminal. */
export interface Access {
  readonly context: TableContext;
  /** Runs one call on the connection, made anew if it was lost. */
  readonly call: <T>(work: (wire: Wire) => Promise<T>) => Promise<T>;
  /** The same, with the reader locked. */
  readonly locked: <T>(work: (wire: Wire, lock: ReaderLock) => Promise<T>) => Promise<T>;
}

/**
 * Writes wishes in portions. The first user shows whether bulk upload works on this terminal, and a bulk that did not
 * arrive is written again one by one. Answers the method that worked; null where nothing showed it.
 * Errors: those that end the conversation.
 */
export async function writeEnrolments(
  access: Access,
  wishes: readonly EnrolmentWish[],
  options: WriteOptions,
): Promise<UploadMethod | null> {
  // Who brings no fingers needs nobody's looked at.
  const occupied = wishes.some(({ fingers }) => fingers.length > 0)
    ? await access.call((wire) => readOccupied(wire, access.context, options.consented))
    : null;
  let method = options.method;
  for (let at = 0; at < wishes.length;) {
    options.signal?.throwIfAborted();
    const portion = wishes.slice(at, at + (method === null ? 1 : PORTION));
    at += portion.length;
    const refusals = await options.refusals(portion.map(({ userId }) => userId));
    await options.settled(refusals);
    const allowed = portion.filter(({ userId }) => !refusals.has(userId));
    if (allowed.length > 0) method = (await writeAndSettle(access, allowed, method, occupied, options)) ?? method;
  }
  return method;
}

async function writeAndSettle(
  access: Access,
  wishes: readonly EnrolmentWish[],
  method: UploadMethod | null,
  occupied: ReadonlyMap<number, readonly TemplateEntry[]> | null,
  options: WriteOptions,
): Promise<UploadMethod | null> {
  const first = await write(access, wishes, method, occupied);
  const again = first.method === "bulk" ? wishes.filter(({ userId }) => first.failed.has(userId)) : [];
  const second = again.length === 0 ? null : await write(access, again, "single", null);
  const failureOf = (userId: UserId): TandemError | null =>
    (second?.settled.has(userId) === true ? second : first).failed.get(userId) ?? null;
  await options.settled(new Map(wishes.map(({ userId }) => [userId, failureOf(userId)])));
  if (!wishes.some(({ fingers }) => fingers.length > 0)) return null;
  return second === null ? first.method : "single";
}

interface Settled extends Portion {
  readonly settled: ReadonlySet<UserId>;
}

async function write(
  access: Access,
  wishes: readonly EnrolmentWish[],
  method: UploadMethod | null,
  occupied: ReadonlyMap<number, readonly TemplateEntry[]> | null,
): Promise<Settled> {
  const portion = await access.locked((wire, lock) =>
    writePortion(wire, access.context, wishes, { method, occupied, lock }),
  );
  const unread = await access.call((wire) => readBack(wire, access.context, portion));
  const failed = new Map([...portion.failed, ...unread]);
  return { ...portion, failed, settled: new Set(wishes.map(({ userId }) => userId)) };
}

/**
 * Every template by slot number, where everybody on the terminal agreed or nobody is on it. A slot of nobody's may hold
 * one too.
 */
async function readOccupied(
  wire: Wire,
  context: TableContext,
  consented: ReadonlySet<UserId>,
): Promise<ReadonlyMap<number, readonly TemplateEntry[]> | null> {
  const rows = await readUsers(wire, context);
  const isEmpty = rows.length === 0 && (await wire.getInfo()).fingers === 0;
  if (!isEmpty && !mayReadAll(rows, consented)) return null;
  const occupied = new Map<number, TemplateEntry[]>();
  for (const entry of await readTemplates(wire)) {
    const held = occupied.get(entry.uid) ?? [];
    held.push(entry);
    occupied.set(entry.uid, held);
  }
  return occupied;
}
