import { LocalDateTime, type Zone } from "@tandem/contracts/domain/time.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Offsets change at whole quarter hours of UTC in every zone since 1972, so one answer serves a quarter hour. */
const STEP = 15 * MINUTE;
/** Answers kept per zone: three years of quarter hours are a hundred thousand; older ones are asked again. */
const KEPT = 50_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds that `zone` is ahead of UTC at a moment (milliseconds since 1970 UTC). */
export function offsetAt(zone: Zone, instant: number): number {
  const slot = Math.floor(instant / STEP);
  let known = offsets.get(zone);
  if (known === undefined || known.size > KEPT) offsets.set(zone, (known = new Map<number, number>()));
  let offset = known.get(slot);
  if (offset === undefined) known.set(slot, (offset = readOffset(zone, slot * STEP)));
  return offset;
}

/** The wall clock of `zone` at a moment, to the second. */
export function toLocal(zone: Zone, instant: number): LocalDateTime {
  return localText(instant + offsetAt(zone, instant));
}

/**
 * The moment a wall clock of `zone` shows `local`. When clocks are put back and show a time twice, the first moment;
 * a time that is skipped when clocks are put forward is moved forward by the skipped span.
 */
export function toInstant(zone: Zone, local: LocalDateTime): number {
  const wall = Date.parse(`${local}Z`);
  // Zones reach from UTC-12 to UTC+14, so the offsets in force around the time are among these.
  const around = [-15, -3, 0, 3, 15].map((hours) => offsetAt(zone, wall - offsetAt(zone, wall) + hours * HOUR));
  const moments = around
    .map((offset) => wall - offset)
    .filter((moment) => offsetAt(zone, moment) === wall - moment)
    .sort((a, b) => a - b);
  return moments[0] ?? wall - offsetBefore(zone, wall);
}

/** The offset in force just before the gap that swallows a wall-clock time: the one under which it lies latest. */
function offsetBefore(zone: Zone, wall: number): number {
  return Math.min(...[-3, 3].map((hours) => offsetAt(zone, wall - offsetAt(zone, wall) + hours * HOUR)));
}

/** A wall-clock time of one zone as the wall clock of another shows it at that moment. */
export function convertLocal(from: Zone, to: Zone, local: LocalDateTime): LocalDateTime {
  return toLocal(to, toInstant(from, local));
}

function localText(wall: number): LocalDateTime {
  return LocalDateTime.parse(new Date(wall).toISOString().slice(0, 19));
}

function readOffset(zone: Zone, instant: number): number {
  const format = formatOf(zone);
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      calendar: "gregory",
      numberingSystem: "latn",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
