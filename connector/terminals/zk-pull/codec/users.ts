import type { UserId } from "@tandem/contracts/domain/ids.ts";

import type { TerminalUser } from "../../terminal.ts";

import { decodeName, plainText, type NameEncoding } from "./text.ts";
import { isPlausibleId, namesNobody, UserIds } from "./user-ids.ts";

/** Row lengths that can be read (`zk-pull.md` §2.4). */
export type UserSize = 28 | 72;

/** A user together with the slot and the row, which never leave the driver. */
export interface UserRow {
  readonly uid: number;
  readonly user: TerminalUser;
  readonly row: Buffer;
}

const PRIVILEGES: ReadonlySet<number> = new Set([0, 1, 2, 3, 6, 7, 14, 15]);
/** AK3750/WL10 mix rows of finger slots into the table. */
const FINGER_SLOT = 0x31;
const LAYOUT = {
  28: { name: [8, 16], card: 16, group: 21 },
  72: { name: [11, 35], card: 35, group: 39 },
} as const;

/** Share of plausible rows (0…1), were the rows `size` long; 0 where the table does not divide. */
export function scoreUsers(table: Buffer, size: UserSize): number {
  if (table.length === 0 || table.length % size !== 0) return 0;
  const seen = new Set<number>();
  let rows = 0;
  let plausible = 0;
  for (let at = 0; at < table.length; at += size) {
    if (table[at + 2] === FINGER_SLOT) continue;
    rows++;
    const uid = table.readUInt16LE(at);
    if (uid !== 0 && !seen.has(uid) && PRIVILEGES.has(table[at + 2] ?? 0xff) && isPlausibleId(idText(table, at, size)))
      plausible++;
    seen.add(uid);
  }
  return rows === 0 ? 0 : plausible / rows;
}

/** Decodes a table whose row length is known. */
export function decodeUsers(table: Buffer, size: UserSize, fallback: NameEncoding): readonly UserRow[] {
  const ids = new UserIds();
  const users: UserRow[] = [];
  for (let at = 0; at < table.length; at += size) {
    const row = table.subarray(at, at + size);
    if (row[2] !== FINGER_SLOT) users.push(decodeUser(row, size, fallback, ids));
  }
  return users;
}

/** Slot numbers in rows that stand for fingers and not for users. */
export function fingerUidsOf(table: Buffer, size: UserSize): ReadonlySet<number> {
  const uids = new Set<number>();
  for (let at = 0; at < table.length; at += size) if (table[at + 2] === FINGER_SLOT) uids.add(table.readUInt16LE(at));
  return uids;
}

function decodeUser(row: Buffer, size: UserSize, fallback: NameEncoding, ids: UserIds): UserRow {
  const {
    name: [from, to],
    card: cardAt,
    group,
  } = LAYOUT[size];
  const uid = row.readUInt16LE(0);
  const id = idText(row, 0, size);
  const userId: UserId = ids.of(id === "" ? String(uid) : id);
  const nameRaw = row.subarray(from, to);
  const card = row.readUInt32LE(cardAt);
  return {
    uid,
    row,
    user: {
      userId,
      ...(namesNobody(id) ? { withoutId: true } : {}),
      name: decodeName(nameRaw, fallback),
      nameRaw,
      card: card === 0 ? null : String(card),
      privilege: row.readUInt8(2),
      group: row.readUInt8(group),
    },
  };
}

function idText(table: Buffer, at: number, size: UserSize): string {
  return size === 28 ? String(table.readUInt32LE(at + 24)) : plainText(table.subarray(at + 48, at + 72));
}
