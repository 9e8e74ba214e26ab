import { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, instantOf } from "../../../platform/clock.ts";
import type { PunchRead, ReadProgress } from "../../terminal.ts";
import { masked } from "../codec/masked.ts";
import { detectPunchSize } from "../codec/punch-size.ts";
import { decodePunches } from "../codec/punches.ts";
import type { NameEncoding } from "../codec/text.ts";
import { encodeTime } from "../codec/time.ts";
import { detectUserSize, guessUserSize } from "../codec/user-size.ts";
import { decodeUsers, fingerUidsOf, type UserRow } from "../codec/users.ts";
import type { Dump } from "../options.ts";
import type { Wire } from "../wire/wire.ts";

import { PUNCHES, USERS } from "./data-set.ts";

export interface TableContext {
  readonly clock: Clock;
  readonly dump: Dump;
  readonly nameEncoding: NameEncoding;
}

/** What is kept of a table that nobody can read; it holds the same rows over and over. */
const DUMPED = 16_384;
const DAY_MS = 86_400_000;
/** A terminal may run ahead by two days, and its zone by fourteen hours (`zk-pull.md` §2.5). */
const AHEAD_MS = 2 * DAY_MS + 14 * 3_600_000;

export interface UserTable {
  readonly rows: readonly UserRow[];
  /** Slot numbers in rows of fingers, which are no users (`zk-pull.md` §2.4). */
  readonly fingerUids: ReadonlySet<number>;
}

/** The users, whatever length their rows have. Errors: `terminal.unsupported-users`, `terminal.*`. */
export async function readUsers(
  wire: Wire,
  context: TableContext,
  progress?: ReadProgress,
): Promise<readonly UserRow[]> {
  const { rows } = await readUserTable(wire, context, progress);
  return rows;
}

/** The whole user table, also what stands in it besides users. Errors: `terminal.unsupported-users`, `terminal.*`. */
export async function readUserTable(wire: Wire, context: TableContext, progress?: ReadProgress): Promise<UserTable> {
  const { users: count } = await wire.getInfo();
  const table = await wire.readTable(USERS, progress);
  if (table.length === 0) return { rows: [], fingerUids: new Set() };
  const size = detectUserSize(table, count);
  if (size !== null)
    return { rows: decodeUsers(table, size, context.nameEncoding), fingerUids: fingerUidsOf(table, size) };
  const dump = await keep("users", masked(table.subarray(0, DUMPED)), context);
  throw new TandemError("terminal.unsupported-users", { size: guessUserSize(table, count), dump });
}

/** The whole log, whatever length its rows have. Errors: `terminal.unknown-record-size`, `terminal.*`. */
export async function readPunches(wire: Wire, context: TableContext, progress?: ReadProgress): Promise<PunchRead> {
  const startedAt = instantOf(context.clock.now());
  const { punches: count } = await wire.getInfo();
  const log = await wire.readTable(PUNCHES, progress);
  if (log.length === 0) return { startedAt, records: [], recordSize: 0 };
  const size = detectPunchSize(log, { count, latest: latestTime(context.clock) });
  if (size === null) {
    const dump = await keep("punches", log, context);
    throw new TandemError("terminal.unknown-record-size", { dump, bytes: log.length });
  }
  const slots = size === 8 ? await readSlots(wire, context) : undefined;
  return { startedAt, records: decodePunches(log, size, slots), recordSize: size };
}

/** 8-byte rows name the slot only: whose it is stands in the user table. */
async function readSlots(wire: Wire, context: TableContext): Promise<ReadonlyMap<number, string>> {
  const users = await readUsers(wire, context);
  return new Map(users.map(({ uid, user }) => [uid, user.userId]));
}

function keep(what: string, table: Buffer, { clock, dump }: TableContext): Promise<string> {
  const name = `${what}-${instantOf(clock.now()).replaceAll(":", "-")}.bin`;
  return dump(name, table.subarray(0, DUMPED));
}

function latestTime(clock: Clock): number {
  return encodeTime(LocalDateTime.parse(instantOf(clock.now() + AHEAD_MS).slice(0, 19)));
}
