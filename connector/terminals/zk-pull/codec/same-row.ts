import { sameUserId, type UserIdRules } from "../../user-id-rules.ts";

import { plainText } from "./text.ts";

const LONG = 72;
const PIN = 48;

/**
 * Whether a terminal kept a row as it was written: every byte of it, but for the leading zeros of the user ID, which
 * firmware that takes digits only may strip (`zk-pull.md` §5).
 */
export function isSameRow(stored: Buffer, written: Buffer, { letters }: Pick<UserIdRules, "letters">): boolean {
  if (stored.equals(written)) return true;
  if (letters || stored.length !== LONG || written.length !== LONG) return false;
  const isSameRest = stored.subarray(0, PIN).equals(written.subarray(0, PIN));
  return isSameRest && sameUserId(plainText(stored.subarray(PIN)), plainText(written.subarray(PIN)));
}
