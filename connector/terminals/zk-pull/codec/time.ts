import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

const DAY = 86_400;
const YEAR = 372;
/** First value after 2099-12-31T23:59:59: later ones come from a clock without a battery (`zk-pull.md` §2.6). */
export const TIME_LIMIT = 100 * YEAR * DAY;

/** u32 of a wall-clock time in the years 2000–2099 (`zk-pull.md` §2.6). */
export function encodeTime(at: LocalDateTime): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = at.split(/[-T:]/).map(Number);
  return ((year % 100) * YEAR + (month - 1) * 31 + (day - 1)) * DAY + hour * 3_600 + minute * 60 + second;
}

/** Decodes the terminal's u32 times. A log has few days and many punches, so each day is worked out once. */
export class TimeDecoder {
  readonly #days = new Map<number, string | null>();
  /** A log is in order of time, mostly: the day before is the day again. */
  #number = -1;
  #prefix: string | null = null;

  /** Null for a day that does not exist, or a year after 2099. */
  decode(value: number): LocalDateTime | null {
    const second = value % DAY;
    const number = (value - second) / DAY;
    if (number !== this.#number) {
      this.#number = number;
      this.#prefix = this.#day(number);
    }
    if (this.#prefix === null) return null;
    // Checked part by part: the day when it was cached, the rest by the remainder.
    return `${this.#prefix}${MINUTES[(second / 60) | 0] ?? ""}${TWO[second % 60] ?? ""}` as LocalDateTime;
  }

  #day(number: number): string | null {
    const known = this.#days.get(number);
    if (known !== undefined) return known;
    const year = Math.floor(number / YEAR);
    const prefix = `${2_000 + year}-${two((Math.floor(number / 31) % 12) + 1)}-${two((number % 31) + 1)}T`;
    const day = year < 100 && LocalDateTime.safeParse(`${prefix}00:00:00`).success ? prefix : null;
    this.#days.set(number, day);
    return day;
  }
}

/** Six bytes yy mm dd hh mi ss, as events carry the time; null when it does not exist. */
export function decodeEventTime(bytes: Buffer): LocalDateTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = bytes;
  const text = `${2_000 + year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  const at = LocalDateTime.safeParse(text);
  return at.success ? at.data : null;
}

const TWO = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/** `HH:mm:` of every minute of a day. */
const MINUTES = Array.from({ length: 1_440 }, (_, minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:`);

function two(number: number): string {
  return TWO[number] ?? String(number);
}
