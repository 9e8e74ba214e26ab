import type { DateOrder } from "@tandem/contracts/domain/punch-file.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

const YEAR_FIRST = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T]+(\d{1,2}):(\d{2}):(\d{2})$/;
const YEAR_LAST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ T]+(\d{1,2}):(\d{2}):(\d{2})$/;

/** The form that is wanted, as rejected rows tell it; terminals know these years only (`zk-pull.md` §2.6). */
export const TIME_FORM = "YYYY-MM-DD HH:mm:ss (2000–2099)";

/** Whether a text has the form of a date with its time, whatever it says. */
export function looksLikeTime(text: string): boolean {
  return YEAR_FIRST.test(text) || YEAR_LAST.test(text);
}

/**
 * Reads the times of one file (`formats.md` §1.2); null for what is no time of the years 2000–2099. The order of day and
 * month is one for the whole file, so all its times are looked at first. Errors: `import.date-order` when they leave it
 * open and nobody has said it, `import.date-orders` when they contradict each other or what was said.
 */
export function timesOf(texts: Iterable<string>, said?: DateOrder): (text: string) => LocalDateTime | null {
  const order = orderOf(texts, said);
  return (text) => {
    const [, year, , month, day, ...clock] = YEAR_FIRST.exec(text) ?? [];
    if (year !== undefined) return toTime([year, month, day], clock);
    const [, first, second, lastYear, ...lastClock] = YEAR_LAST.exec(text) ?? [];
    const [dayOf, monthOf] = order === "mdy" ? [second, first] : [first, second];
    return lastYear === undefined ? null : toTime([lastYear, monthOf, dayOf], lastClock);
  };
}

function orderOf(texts: Iterable<string>, said: DateOrder | undefined): DateOrder | null {
  let sample: string | null = null;
  const found = new Set<DateOrder>(said === undefined ? [] : [said]);
  for (const text of texts) {
    const [, first, second] = YEAR_LAST.exec(text) ?? [];
    if (first === undefined) continue;
    sample ??= text;
    if (Number(first) > 12) found.add("dmy");
    if (Number(second) > 12) found.add("mdy");
  }
  if (sample === null) return null;
  if (found.size > 1) throw new TandemError("import.date-orders", { sample });
  const [order] = found;
  if (order === undefined) throw new TandemError("import.date-order", { sample });
  return order;
}

function toTime(date: readonly (string | undefined)[], clock: readonly (string | undefined)[]): LocalDateTime | null {
  const text = `${date.map(two).join("-")}T${clock.map(two).join(":")}`;
  return isInRange(text) ? (LocalDateTime.safeParse(text).data ?? null) : null;
}

/** Whether a time lies in the years that terminals know. */
export function isInRange(text: string): boolean {
  return text.startsWith("20");
}

function two(part = ""): string {
  return part.padStart(2, "0");
}
