import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { NameStep } from "../../display-name.ts";
import type { UserIdRules } from "../../user-id-rules.ts";
import { isSameRow } from "../codec/same-row.ts";
import { type NameEncoding, writingEncoding } from "../codec/text.ts";
import { editUserRow, newUserRow, type Privilege, type UserEdit } from "../codec/user-edit.ts";
import type { UserRow, UserSize } from "../codec/users.ts";
import { Command, isRefusal } from "../commands.ts";
import { readOption } from "../reading/identity.ts";
import { readUsers, readUserTable, type TableContext } from "../reading/tables.ts";
import type { Wire } from "../wire/wire.ts";

import { emptyUid } from "./empty-uid.ts";
import { assertEmpty, emptyFingers, FINGERS } from "./finger-slots.ts";
import { assertAdmin, assertUserId, checkedCard, checkedName, findUser } from "./user-checks.ts";

/** What is to be so for a user afterwards; what is left out stays as the terminal has it. */
export interface UserChange {
  readonly userId: UserId;
  readonly name?: string;
  /** Null takes the card away. */
  readonly card?: string | null;
  readonly privilege?: Privilege;
  readonly disabled?: boolean;
  /** 1…99. */
  readonly group?: number;
  /** Only where the operator asked for the password to travel. A secret. */
  readonly passwordField?: Buffer;
  /** The operator confirmed the terminal's first super-admin. */
  readonly mayBeFirstAdmin?: boolean;
}

export interface WrittenUser {
  readonly uid: number;
  /** As the terminal keeps it: numeric firmware may have stripped leading zeros of the ID. */
  readonly row: Buffer;
  /** How the name had to be changed; null where it was not written. */
  readonly nameStep: NameStep | null;
}

export interface UserRules extends UserIdRules {
  readonly rowSize: UserSize;
}

const STEP = "writing a user";
const NO_DATA = Buffer.alloc(0);

/** What user IDs the terminal takes. `rowSize` where it is known from a table. Errors: `terminal.*`. */
export async function readUserRules(wire: Wire, rowSize?: UserSize): Promise<UserRules> {
  const talk = wire.conversation;
  const size = rowSize ?? (await guessRowSize(wire));
  const width = Number((await readOption(talk, "~PIN2Width")) ?? (await readPinWidth(wire)));
  const maxLength = Number.isInteger(width) && width > 0 ? width : null;
  const letters = (await readOption(talk, "~IsABCPinEnable")) === "1";
  return { maxLength, letters: letters && size !== 28, u32: size === 28, rowSize: size };
}

/**
 * Adds or changes one user and reads the row back. All checks come before the first byte is written.
 * Errors: `terminal.user-id-*`, `terminal.card-*`, `terminal.name-*`, `terminal.first-admin`, `terminal.user-capacity`,
 * `terminal.slot-not-empty`, `terminal.not-stored`, `terminal.shadow-mode`, `terminal.refused`, `terminal.*`.
 */
export async function writeUser(wire: Wire, context: TableContext, change: UserChange): Promise<WrittenUser> {
  const table = await readUserTable(wire, context);
  const { rows } = table;
  const rules = await readUserRules(wire, rowSizeOf(rows));
  const own = findUser(rows, change.userId, rules);
  if (own === null) assertUserId(change.userId, rules, rows);
  const encoding = nameEncodingOf(rows, context);
  const name = change.name === undefined ? null : checkedName(change.name, own, rules.rowSize, encoding);
  const edit = editOf(change, name?.field, own, rows);
  if (change.privilege === 14) assertAdmin(rows, change.mayBeFirstAdmin ?? false);
  const uid = own?.uid ?? (await emptyUid(wire.conversation, table, (await wire.getInfo()).userCapacity));
  const row = own === null ? newUserRow(rules.rowSize, uid, change.userId, edit) : editUserRow(own.row, edit);
  const nameStep = name?.step ?? null;
  if (own?.row.equals(row) === true) return { uid, row, nameStep };
  await wire.conversation.askOk(Command.userWrite, STEP, row);
  await wire.conversation.askOk(Command.refreshData, STEP, NO_DATA);
  const stored = (await readUsers(wire, context)).find((user) => user.uid === uid);
  if (stored === undefined || !isSameRow(stored.row, row, rules))
    throw new TandemError("terminal.not-stored", { what: "user" });
  return { uid, row: stored.row, nameStep };
}

/**
 * Removes a user with every finger and makes sure of it; false where there was none. The fingers go first, because some
 * firmware leaves them behind in a slot that nobody can name any more. Errors: `terminal.user-id-taken`,
 * `terminal.not-stored`, `terminal.shadow-mode`, `terminal.refused`, `terminal.*`.
 */
export async function removeUser(wire: Wire, context: TableContext, userId: UserId): Promise<boolean> {
  const rows = await readUsers(wire, context);
  const own = findUser(rows, userId, await readUserRules(wire, rowSizeOf(rows)));
  if (own === null) return false;
  const slot = Buffer.alloc(2);
  slot.writeUInt16LE(own.uid);
  const step = "deleting a user";
  const talk = wire.conversation;
  await emptyFingers(talk, own.uid, FINGERS);
  await talk.askOk(Command.deleteUser, step, slot);
  await talk.askOk(Command.refreshData, step, NO_DATA);
  const left = await readUsers(wire, context);
  if (left.some(({ uid }) => uid === own.uid)) throw new TandemError("terminal.not-stored", { what: "user" });
  await assertEmpty(talk, own.uid, FINGERS);
  return true;
}

function editOf(
  change: UserChange,
  nameField: Buffer | undefined,
  own: UserRow | null,
  rows: readonly UserRow[],
): UserEdit {
  const { card, privilege, disabled, group, passwordField } = change;
  return {
    ...(nameField === undefined ? {} : { nameField }),
    ...(card === undefined ? {} : { card: checkedCard(card, own, rows) }),
    ...(privilege === undefined ? {} : { privilege }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(group === undefined ? {} : { group }),
    ...(passwordField === undefined ? {} : { passwordField }),
  };
}

/** What this terminal's names are written in, by those that are there. */
export function nameEncodingOf(rows: readonly UserRow[], { nameEncoding }: TableContext): NameEncoding {
  const fields = rows.map(({ user }) => user.nameRaw);
  return writingEncoding(fields, nameEncoding);
}

/** Length of a terminal's rows; undefined where there are none to see it from. */
export function rowSizeOf(rows: readonly UserRow[]): UserSize | undefined {
  const length = rows[0]?.row.length;
  return length === 28 || length === 72 ? length : undefined;
}

/** For a terminal without users: colour-screen platforms say so in their name (`zk-pull.md` §2.9). */
async function guessRowSize(wire: Wire): Promise<UserSize> {
  const platform = await readOption(wire.conversation, "~Platform");
  if (platform === null) return wire.conversation.transport === "udp" ? 28 : 72;
  return platform.includes("_TFT") ? 72 : 28;
}

async function readPinWidth(wire: Wire): Promise<number | null> {
  const reply = await wire.conversation.ask(Command.pinWidth, NO_DATA, "reading settings");
  return isRefusal(reply.command) ? null : (reply.data[0] ?? null);
}
