/** What user IDs a terminal takes (`zk-pull.md` §2.9, §5). */
export interface UserIdRules {
  /** Most characters; null where the terminal does not say. */
  readonly maxLength: number | null;
  /** Whether letters are allowed. */
  readonly letters: boolean;
  /** Whether the ID is stored as a 32-bit number (28-byte rows). */
  readonly u32: boolean;
}

export type UserIdCode = "terminal.user-id-reserved" | "terminal.user-id-letters" | "terminal.user-id-too-long";

export interface UserIdRefusal {
  readonly code: UserIdCode;
  readonly details: { readonly userId: string; readonly max: number; readonly proposal: string };
}

const U32_MAX = 0xffff_ffff;
const U32_DIGITS = 10;
/** The ID field of 72-byte rows has 24 bytes, of which one stays NUL. */
const FIELD = 23;
/** Most firmware uses nine digits, whatever the field could hold (`zk-pull.md` §2.4). */
const USUAL = 9;
const DIGITS = /^\d+$/;
const LETTERS = /^[0-9A-Za-z][0-9A-Za-z_-]*$/;
const ZEROS = /^0*$/;

/** Null where the terminal can hold the ID; otherwise why not, with a free ID that it can hold. `taken`: IDs in use. */
export function checkUserId(userId: string, rules: UserIdRules, taken: Iterable<string> = []): UserIdRefusal | null {
  const code = refusalOf(userId, rules);
  if (code === null) return null;
  return { code, details: { userId, max: longest(rules), proposal: proposeUserId(userId, rules, taken) } };
}

/** Whether two IDs are one to the terminal: numeric firmware strips leading zeros. */
export function sameUserId(one: string, other: string): boolean {
  return canonicalUserId(one) === canonicalUserId(other);
}

/** The ID as numeric firmware may give it back. */
export function canonicalUserId(userId: string): string {
  return DIGITS.test(userId) ? userId.replace(/^0+(?=\d)/, "") : userId;
}

function refusalOf(userId: string, rules: UserIdRules): UserIdCode | null {
  if (ZEROS.test(userId)) return "terminal.user-id-reserved";
  const shape = rules.letters && !rules.u32 ? LETTERS : DIGITS;
  if (!shape.test(userId)) return "terminal.user-id-letters";
  if (userId.length > longest(rules)) return "terminal.user-id-too-long";
  return rules.u32 && Number(userId) > U32_MAX ? "terminal.user-id-too-long" : null;
}

function longest({ maxLength, u32 }: UserIdRules): number {
  return Math.min(maxLength ?? (u32 ? U32_DIGITS : USUAL), u32 ? U32_DIGITS : FIELD);
}

/** The digits of the wanted ID where they are free, otherwise the lowest free number. */
function proposeUserId(userId: string, rules: UserIdRules, taken: Iterable<string>): string {
  const used = new Set([...taken].map(canonicalUserId));
  const own = canonicalUserId(userId.replace(/\D/g, ""));
  if (own !== "" && refusalOf(own, rules) === null && !used.has(own)) return own;
  let number = 1;
  while (used.has(String(number))) number++;
  return String(number);
}
