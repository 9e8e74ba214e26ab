import { canonicalUserId } from "../../user-id-rules.ts";

import type { UserSize } from "./users.ts";

/** Levels that may be written; anything else locks people out on some firmware (`zk-pull.md` §6). */
export type Privilege = 0 | 2 | 6 | 14;

/** What is to be different in a row; what is left out stays as the terminal has it. */
export interface UserEdit {
  /** The whole name field as it is to be. */
  readonly nameField?: Buffer;
  /** 0: no card. */
  readonly card?: number;
  readonly privilege?: Privilege;
  readonly disabled?: boolean;
  /** 1…99. */
  readonly group?: number;
  /** Password field of another row, taken over as it is. */
  readonly passwordField?: Buffer;
}

interface Field {
  readonly at: number;
  readonly bytes: number;
}

interface Layout {
  readonly password: Field;
  readonly name: Field;
  readonly card: number;
  readonly group: number;
}

const PRIVILEGE = 2;
const LEVELS: ReadonlySet<number> = new Set([0, 2, 6, 14]);
const LEVEL_BITS = 0b1110;
const DISABLED_BIT = 1;
const LAYOUT: Record<UserSize, Layout> = {
  28: { password: { at: 3, bytes: 5 }, name: { at: 8, bytes: 8 }, card: 16, group: 21 },
  72: { password: { at: 3, bytes: 8 }, name: { at: 11, bytes: 24 }, card: 35, group: 39 },
};
const PIN = 48;
const PIN_NUMBER = 24;

/** Length of the name field, one NUL included. */
export function nameBytes(size: UserSize): number {
  return LAYOUT[size].name.bytes;
}

/** A copy of a row with these changes and no other: time zones, ID and unknown bits stay as they are. */
export function editUserRow(row: Buffer, edit: UserEdit): Buffer {
  const layout = LAYOUT[sizeOf(row)];
  assertPossible(edit);
  const edited = Buffer.from(row);
  if (edit.nameField !== undefined) put(edited, layout.name, edit.nameField);
  if (edit.passwordField !== undefined) put(edited, layout.password, edit.passwordField);
  if (edit.card !== undefined) edited.writeUInt32LE(edit.card, layout.card);
  if (edit.group !== undefined) edited.writeUInt8(edit.group, layout.group);
  edited.writeUInt8(privilegeByte(row.readUInt8(PRIVILEGE), edit), PRIVILEGE);
  return edited;
}

/** A row for a user who is not on the terminal: group 1, the group's time zones, no password. */
export function newUserRow(size: UserSize, uid: number, userId: string, edit: UserEdit): Buffer {
  const row = Buffer.alloc(size);
  row.writeUInt16LE(uid, 0);
  row.writeUInt8(1, LAYOUT[size].group);
  putUserId(row, userId);
  return editUserRow(row, edit);
}

/** The same user under another ID and in another slot: everything else, time zones and unknown bits too, stays as it is. */
export function rekeyUserRow(row: Buffer, uid: number, userId: string): Buffer {
  const rekeyed = Buffer.from(row);
  rekeyed.writeUInt16LE(uid, 0);
  putUserId(rekeyed, userId);
  return rekeyed;
}

/** 0: no card. */
export function cardOf(row: Buffer): number {
  return row.readUInt32LE(LAYOUT[sizeOf(row)].card);
}

/** The password field with the bytes behind its NUL. A secret: never logged, never shown. */
export function passwordFieldOf(row: Buffer): Buffer {
  const { at, bytes } = LAYOUT[sizeOf(row)].password;
  return Buffer.from(row.subarray(at, at + bytes));
}

/** Whether a row's level is super-admin, who locks the menu for everybody else. */
export function isSuperAdmin(row: Buffer): boolean {
  return (row.readUInt8(PRIVILEGE) & LEVEL_BITS) === 14;
}

function putUserId(row: Buffer, userId: string): void {
  if (sizeOf(row) === 28) row.writeUInt32LE(Number(canonicalUserId(userId)), PIN_NUMBER);
  else {
    row.fill(0, PIN);
    row.write(userId, PIN, 23, "latin1");
  }
}

function privilegeByte(before: number, { privilege, disabled }: UserEdit): number {
  const level = privilege === undefined ? before : (before & ~LEVEL_BITS) | privilege;
  if (disabled === undefined) return level;
  return disabled ? level | DISABLED_BIT : level & ~DISABLED_BIT;
}

/** Throws RangeError; callers check what people enter. */
function assertPossible({ privilege, group }: UserEdit): void {
  if (privilege !== undefined && !LEVELS.has(privilege)) throw new RangeError(`no level: ${privilege}`);
  if (group !== undefined && (group < 1 || group > 99)) throw new RangeError(`no group: ${group}`);
}

function put(row: Buffer, { at, bytes }: Field, field: Buffer): void {
  if (field.length !== bytes) throw new RangeError(`a field of ${bytes} bytes, not ${field.length}`);
  field.copy(row, at);
}

function sizeOf(row: Buffer): UserSize {
  if (row.length === 28 || row.length === 72) return row.length;
  throw new RangeError(`no user row: ${row.length} bytes`);
}
