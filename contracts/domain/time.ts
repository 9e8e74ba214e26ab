import { z } from "zod";

/** Naive wall-clock time `YYYY-MM-DDTHH:mm:ss` of a site, second precision, no offset (design §3.10). */
export const LocalDateTime = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "YYYY-MM-DDTHH:mm:ss")
  .refine((text) => isRealDate(text.slice(0, 10)), "a date that exists")
  .brand<"LocalDateTime">();
export type LocalDateTime = z.infer<typeof LocalDateTime>;

/** Calendar day `YYYY-MM-DD` of a site. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD")
  .refine(isRealDate, "a date that exists")
  .brand<"LocalDate">();
export type LocalDate = z.infer<typeof LocalDate>;

/** A moment in UTC, ISO 8601 with `Z` and milliseconds, e.g. `2026-11-24T01:02:03.456Z`. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "UTC time")
  .brand<"Instant">();
export type Instant = z.infer<typeof Instant>;

/** IANA time zone, e.g. `Asia/Ho_Chi_Minh`; must be known to this machine's zone database. */
export const Zone = z
  .string()
  .refine((name) => isKnownZone(name), { error: "an IANA time zone such as Asia/Ho_Chi_Minh" })
  .brand<"Zone">();
export type Zone = z.infer<typeof Zone>;

function isRealDate(day: string): boolean {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return false;
  const utc = new Date(Date.UTC(year, month - 1, date));
  return utc.getUTCFullYear() === year && utc.getUTCMonth() === month - 1 && utc.getUTCDate() === date;
}

function isKnownZone(name: string): boolean {
  // An offset such as "+07:00" is accepted by newer Intl as a zone; a site needs a real one because of daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
