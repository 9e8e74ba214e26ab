/** A naive date-time `YYYY-MM-DD HH:MM:SS[.ffffff]`; compares correctly as text once normalised. */
const DATE_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

export type ParsedTime =
  | { readonly kind: "time"; readonly text: string; readonly dateOnly: boolean; readonly offset: string | null }
  | { readonly kind: "unknown-format" }
  | { readonly kind: "day-out-of-range" };

/** Reads what the original's date parser accepts. `offset` tells a time that carries a zone, which the database refuses. */
export function parseTime(input: string): ParsedTime {
  const match = DATE_TIME.exec(input.trim());
  if (match === null) return { kind: "unknown-format" };
  const [, year = "", month = "", day = "", hour, minute, second, fraction, zone] = match;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(utc);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    return { kind: "day-out-of-range" };
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return { kind: "unknown-format" };
  const micros = (fraction ?? "").padEnd(6, "0");
  const text =
    `${year}-${two(month)}-${two(day)} ${two(hour ?? "0")}:${two(minute ?? "0")}:${two(second ?? "0")}` +
    (Number(micros) === 0 ? "" : `.${micros}`);
  const offset =
    zone === undefined
      ? null
      : zone === "Z"
        ? "+00:00"
        : zone.length === 5
          ? zone.slice(0, 3) + ":" + zone.slice(3)
          : zone;
  return { kind: "time", text, dateOnly: hour === undefined, offset };
}

export function withoutMicroseconds(time: string): string {
  return time.slice(0, 19);
}

export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** Moves a naive time; whole seconds only. */
export function addMinutes(time: string, minutes: number): string {
  return formatUtc(utcOf(time) + minutes * 60_000);
}

export function addDays(day: string, days: number): string {
  return formatUtc(utcOf(`${day} 00:00:00`) + days * 86_400_000).slice(0, 10);
}

/** Seconds from `start` to `end`. */
export function secondsBetween(start: string, end: string): number {
  return (utcOf(end) - utcOf(start)) / 1000;
}

/** A time of day as the original prints it: no leading zero on the hour (measured: `"8:00:00"`). */
export function timeOfDay(input: string): string {
  const [hour = "0", minute = "00", second = "00"] = input.split(":");
  return `${String(Number(hour))}:${two(minute)}:${two(second.slice(0, 2))}`;
}

export function atTimeOfDay(day: string, time: string): string {
  const [hour = "0", minute = "0", second = "0"] = time.split(":");
  return `${day} ${two(hour)}:${two(minute)}:${two(second)}`;
}

function two(part: string): string {
  return part.padStart(2, "0");
}

function utcOf(time: string): number {
  return Date.parse(`${withoutMicroseconds(time).replace(" ", "T")}Z`);
}

function formatUtc(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace("T", " ");
}
