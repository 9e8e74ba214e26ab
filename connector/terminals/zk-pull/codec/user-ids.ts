import { UserId } from "@tandem/contracts/domain/ids.ts";

const PLAUSIBLE = /^[0-9A-Za-z][0-9A-Za-z_-]{0,23}$/;
/** Stands for a record that names nobody: terminals never give out this ID (`zk-pull.md` §2.5, §5). */
const NOBODY = "0";

/** Whether a text looks like a user ID at all (`zk-pull.md` §2.4). */
export function isPlausibleId(text: string): boolean {
  return PLAUSIBLE.test(text);
}

/** Whether a row with this ID is nobody's in particular; `0` counts as none, however it is written. */
export function namesNobody(text: string): boolean {
  return /^0*$/.test(text);
}

/** Makes user IDs; a log names few people very often, so equal texts become one string. */
export class UserIds {
  readonly #known = new Map<string, UserId>();
  readonly #byNumber = new Map<number, UserId>();

  of(text: string): UserId {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const userId = UserId.parse(text === "" ? NOBODY : text);
    this.#known.set(text, userId);
    return userId;
  }

  /** Text between two offsets up to a NUL. */
  between(log: Buffer, from: number, to: number): UserId {
    // Digits become a number with a 1 in front, so that leading zeros count: no text has to be made to find the known one.
    let number = 1;
    let end = from;
    for (let byte = log[end] ?? 0; end < to && byte !== 0; byte = log[++end] ?? 0)
      number = byte >= ZERO && byte <= NINE ? number * 10 + byte - ZERO : NaN;
    const isNumber = number < Number.MAX_SAFE_INTEGER && end > from;
    const known = isNumber ? this.#byNumber.get(number) : undefined;
    if (known !== undefined) return known;
    const userId = this.of(log.toString("latin1", from, end));
    if (isNumber) this.#byNumber.set(number, userId);
    return userId;
  }
}

const ZERO = 0x30;
const NINE = 0x39;
