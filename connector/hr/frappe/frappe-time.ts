import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

/** Naive site time as Frappe reads it (`frappe-hr.md` §4): a blank instead of the T, and never an offset. */
export function toFrappeTime(at: LocalDateTime): string {
  return at.replace("T", " ");
}

/** The second that a stored time lies in; null when the text is none. Releases before HRMS 15.39.2 keep microseconds. */
export function fromFrappeTime(text: unknown): LocalDateTime | null {
  if (typeof text !== "string") return null;
  const result = LocalDateTime.safeParse(text.slice(0, 19).replace(" ", "T"));
  return result.success ? result.data : null;
}

/** Wall-clock milliseconds of a stored time with its microseconds; null when the text is none. */
export function wallMilliseconds(text: unknown): number | null {
  if (typeof text !== "string") return null;
  const wall = Date.parse(`${text.slice(0, 23).replace(" ", "T")}Z`);
  return Number.isNaN(wall) ? null : wall;
}
