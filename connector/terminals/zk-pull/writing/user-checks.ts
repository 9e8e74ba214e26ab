import { TandemError } from "@tandem/contracts/errors.ts";

import { fitName, type NameStep } from "../../display-name.ts";
import { checkUserId, sameUserId, type UserIdRules } from "../../user-id-rules.ts";
import type { NameEncoding } from "../codec/text.ts";
import { isSuperAdmin, nameBytes } from "../codec/user-edit.ts";
import type { UserRow, UserSize } from "../codec/users.ts";

const U32_MAX = 0xffff_ffff;
const UID_MAX = 65_534;

/** The one row that has this ID, null where there is none. Errors: `terminal.user-id-taken` where several have the ID. */
export function findUser(rows: readonly UserRow[], userId: string, rules: UserIdRules): UserRow | null {
  const named = rows.filter(({ user }) => user.withoutId !== true);
  const exact = named.filter(({ user }) => user.userId === userId);
  // Only firmware that takes letters keeps 007 and 7 apart.
  const same = rules.letters || exact.length > 0 ? exact : named.filter(({ user }) => sameUserId(user.userId, userId));
  if (same.length > 1) throw new TandemError("terminal.user-id-taken", { userId });
  return same[0] ?? null;
}

/** Errors: `terminal.user-id-reserved`, `terminal.user-id-letters`, `terminal.user-id-too-long`. */
export function assertUserId(userId: string, rules: UserIdRules, rows: readonly UserRow[]): void {
  const taken = rows.map(({ user }) => user.userId);
  const refusal = checkUserId(userId, rules, taken);
  if (refusal !== null) throw new TandemError(refusal.code, refusal.details);
}

/** The card as a number, 0 for none. Errors: `terminal.card-invalid`, `terminal.card-taken`. */
export function checkedCard(card: string | null, own: UserRow | null, rows: readonly UserRow[]): number {
  if (card === null) return 0;
  const number = /^\d{1,10}$/.test(card) ? Number(card) : NaN;
  if (!(number <= U32_MAX)) throw new TandemError("terminal.card-invalid");
  const isTaken = rows.some(({ uid, user }) => uid !== own?.uid && user.card === String(number));
  if (isTaken) throw new TandemError("terminal.card-taken");
  return number;
}

/**
 * The field for a name; null where the row shows that name already.
 * Errors: `terminal.name-undecodable` where the present name cannot be read, `terminal.name-unfit`.
 */
export function checkedName(
  name: string,
  own: UserRow | null,
  size: UserSize,
  encoding: NameEncoding,
): { readonly field: Buffer; readonly step: NameStep } | null {
  if (own !== null && own.user.name === null) throw new TandemError("terminal.name-undecodable");
  const fitted = fitName(name, { bytes: nameBytes(size), encoding });
  if (fitted === null) throw new TandemError("terminal.name-unfit");
  return fitted.text === own?.user.name ? null : fitted;
}

/** Errors: `terminal.first-admin`: from then on the menu is closed to everybody else. */
export function assertAdmin(rows: readonly UserRow[], isAllowed: boolean): void {
  if (!isAllowed && !rows.some(({ row }) => isSuperAdmin(row))) throw new TandemError("terminal.first-admin");
}

/**
 * A slot for a new user: behind the last one, because a slot left by somebody may still hold their fingerprints
 * (`zk-pull.md` §5); only a table used to its end is filled from its gaps. `avoided`: slots that are not to be had though
 * no user is in them. Errors: `terminal.user-capacity`.
 */
export function freeUid(
  rows: readonly UserRow[],
  capacity: number | null,
  avoided: ReadonlySet<number> = new Set(),
): number {
  const used = new Set([...rows.map(({ uid }) => uid), ...avoided]);
  if (capacity !== null && capacity > 0 && rows.length >= capacity)
    throw new TandemError("terminal.user-capacity", { capacity });
  let next = 1;
  for (const uid of used) next = Math.max(next, uid + 1);
  if (next <= UID_MAX) return next;
  for (let uid = 1; uid <= UID_MAX; uid++) if (!used.has(uid)) return uid;
  throw new TandemError("terminal.user-capacity", { capacity: UID_MAX });
}
