import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { EnrolmentWish } from "../../enrolments.ts";
import type { TemplateEntry } from "../codec/templates.ts";
import type { NameEncoding } from "../codec/text.ts";
import { editUserRow, newUserRow, type UserEdit } from "../codec/user-edit.ts";
import type { UserRow } from "../codec/users.ts";
import { assertUserId, checkedCard, checkedName, findUser } from "../writing/user-checks.ts";
import type { UserRules } from "../writing/users.ts";

/** What a finger is written as whose flag nobody told. */
export const VALID_FLAG = 1;

/** One user as they are to be, byte for byte. */
export interface Prepared {
  readonly userId: UserId;
  readonly uid: number;
  readonly row: Buffer;
  readonly isNew: boolean;
  /** Whether the row differs from what the terminal holds. */
  readonly isRowChanged: boolean;
  readonly entries: readonly TemplateEntry[];
}

export interface Preparation {
  readonly rules: UserRules;
  readonly nameEncoding: NameEncoding;
  /** A slot for a new user, given all rows that there will be. Errors: `terminal.user-capacity`, `terminal.slot-not-empty`. */
  readonly chooseUid: (rows: readonly UserRow[]) => Promise<number>;
}

/**
 * The bytes for a wish, checked against the rows as they will be by then: `rows` grows with every user, so that two of
 * one portion never get one slot or one card. Errors: `terminal.user-id-*`, `terminal.card-*`, `terminal.name-*`,
 * `terminal.user-capacity`, `terminal.slot-not-empty`.
 */
export async function prepare(
  wish: EnrolmentWish,
  rows: UserRow[],
  { rules, nameEncoding, chooseUid }: Preparation,
): Promise<Prepared> {
  const { userId } = wish;
  const own = findUser(rows, userId, rules);
  if (own === null) assertUserId(userId, rules, rows);
  const edit: UserEdit = {
    ...(wish.card === undefined ? {} : { card: checkedCard(wish.card, own, rows) }),
    ...(wish.password === undefined ? {} : { passwordField: passwordFor(wish.password, rules) }),
  };
  const uid = own?.uid ?? (await chooseUid(rows));
  const row = own === null ? newRow(wish, uid, edit, rules, nameEncoding) : editUserRow(own.row, edit);
  const user = { userId, name: null, nameRaw: row, card: null, privilege: 0, group: 1, ...own?.user };
  const card = wish.card === undefined ? user.card : String(Number(wish.card));
  rows.splice(own === null ? rows.length : rows.indexOf(own), own === null ? 0 : 1, {
    uid,
    row,
    user: { ...user, card },
  });
  const entries = wish.fingers.map(({ finger, flag, template }) => ({
    uid,
    finger,
    flag: flag ?? VALID_FLAG,
    template: Buffer.from(template),
  }));
  return { userId, uid, row, isNew: own === null, isRowChanged: own?.row.equals(row) !== true, entries };
}

function newRow(
  { userId, newUserName, disabled }: EnrolmentWish,
  uid: number,
  edit: UserEdit,
  { rowSize }: UserRules,
  nameEncoding: NameEncoding,
): Buffer {
  const name = checkedName(newUserName, null, rowSize, nameEncoding);
  return newUserRow(rowSize, uid, userId, {
    ...edit,
    ...(name === null ? {} : { nameField: name.field }),
    ...(disabled ? { disabled } : {}),
  });
}

/** A password of eight digits has no place in a row of the small kind. Errors: `terminal.password-unfit`. */
function passwordFor(password: Uint8Array, { rowSize }: UserRules): Buffer {
  const bytes = rowSize === 28 ? 5 : 8;
  const end = password.indexOf(0);
  const digits = Buffer.from(password).subarray(0, end === -1 ? password.length : end);
  if (digits.length > bytes) throw new TandemError("terminal.password-unfit", { max: bytes });
  const field = Buffer.alloc(bytes);
  digits.copy(field);
  return field;
}
