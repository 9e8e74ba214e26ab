import type { DateOrder, ImportWarning } from "@tandem/contracts/domain/punch-file.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { readCode, readTime, readUserId } from "./cells.ts";
import { type FileLine, linesOf, readRows } from "./file-lines.ts";
import type { FilePunch, FilePunches } from "./file-punch.ts";
import { looksLikeTime, timesOf } from "./file-time.ts";
import type { DecodedText } from "./text-encoding.ts";

interface AglLine extends FileLine {
  readonly cells: readonly string[];
}

/** Which column holds what; −1 where the file has none. */
interface Columns {
  readonly device: number;
  readonly userId: number;
  readonly time: number;
  readonly mode: number;
  readonly direction: number;
  /** Codes of unknown meaning: they tell punches apart and nothing else. */
  readonly codes: readonly number[];
}

/** Without a header: No, TMNo, EnNo, Name, two codes, DateTime (`formats.md` §5.1, H5). */
const HEADLESS: Columns = { device: 1, userId: 2, time: 6, mode: -1, direction: -1, codes: [4, 5] };
const HEADLESS_CELLS = 7;
const LOG_COUNT = /^#.*\bLogCount\s*=\s*(\d+)/m;
const DEVICE_UID = /^#\s*DeviceUID\s*=\s*(\S+)/m;
/** The only directions whose meaning is certain (`formats.md` §5.1). */
const STATES: ReadonlyMap<string, number> = new Map([
  ["0", 0],
  ["1", 1],
]);

/**
 * Punches of `AGL_*.TXT` and `GLG_*.TXT` (`formats.md` §5.1), whichever of their headers they have. Errors:
 * `import.unknown-format`, `import.cut-off`, `import.date-order`, `import.date-orders`.
 */
export function readAglText({ text, encoding }: DecodedText, file: string, dates?: DateOrder): FilePunches {
  const lines = linesOf(text.replace(/^#.*$/gm, "")).map(withCells);
  const [first, ...rest] = lines;
  const header = first === undefined ? null : headerOf(first);
  const rows = header === null ? lines : rest;
  refuseCutOff(text, rows.length);
  const columns = header === null ? HEADLESS : columnsOf(header, rows, file);
  const times = timesOf(rows.map(({ cells }) => cells[columns.time] ?? "").filter(looksLikeTime), dates);
  const { rows: punches, rejected } = readRows(rows, ({ line, raw, cells }): FilePunch => {
    const direction = directionOf(cells, columns);
    return {
      line,
      raw,
      userId: readUserId(line, "EnNo", cells[columns.userId]),
      at: readTime(line, "DateTime", cells[columns.time], times),
      verify: readCode(line, "Mode", cells[columns.mode]),
      state: STATES.get(direction) ?? null,
      workCode: null,
      ...(direction === "" || STATES.has(direction) ? {} : { direction }),
    };
  });
  return {
    punches,
    rejected,
    encoding,
    warnings: warningsOf(punches, columns),
    devices: devicesOf(text, rows, columns),
  };
}

/** Whether these are the first lines of such a file. */
export function looksLikeAgl(lines: readonly FileLine[]): boolean {
  const [first] = lines.filter(({ raw }) => !raw.startsWith("#")).map(withCells);
  if (first === undefined) return false;
  return headerOf(first) !== null || (first.cells.length === HEADLESS_CELLS && looksLikeTime(first.cells[6] ?? ""));
}

function withCells(line: FileLine): AglLine {
  return { ...line, cells: line.raw.split("\t").map((cell) => cell.trim()) };
}

/** Names of the columns in one spelling, or null where the line is no header. */
function headerOf({ cells }: AglLine): readonly string[] | null {
  const names = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ""));
  return names.includes("enno") ? names : null;
}

function columnsOf(header: readonly string[], rows: readonly AglLine[], file: string): Columns {
  const named = header.indexOf("datetime");
  // A header that names the time in another way: the field that has its form.
  const time = named >= 0 ? named : (rows[0]?.cells.findIndex(looksLikeTime) ?? -1);
  if (time < 0) throw new TandemError("import.unknown-format", { file });
  return {
    device: header.indexOf("tmno"),
    userId: header.indexOf("enno"),
    time,
    mode: header.indexOf("mode"),
    direction: header.indexOf("inout"),
    codes: [],
  };
}

/** A file that says how many punches it has and holds another number was not copied whole. */
function refuseCutOff(text: string, got: number): void {
  const want = LOG_COUNT.exec(text)?.[1];
  if (want !== undefined && Number(want) !== got) throw new TandemError("import.cut-off", { got, want: Number(want) });
}

function devicesOf(text: string, rows: readonly AglLine[], { device }: Columns): readonly string[] {
  const serial = DEVICE_UID.exec(text)?.[1];
  const numbers = rows.flatMap(({ cells }) => cells[device] ?? []).filter((number) => number !== "");
  return [...new Set([...(serial === undefined ? [] : [serial]), ...numbers])];
}

function directionOf(cells: readonly string[], { direction, codes }: Columns): string {
  return codes.length > 0 ? codes.map((code) => cells[code] ?? "").join("/") : (cells[direction] ?? "");
}

function warningsOf(punches: readonly FilePunch[], { codes }: Columns): readonly ImportWarning[] {
  if (punches.length > 0 && codes.length > 0) return [{ code: "unknown-codes", values: [] }];
  const counts = new Map<string, number>();
  for (const { direction } of punches) {
    if (direction !== undefined) counts.set(direction, (counts.get(direction) ?? 0) + 1);
  }
  const values = [...counts].map(([value, count]) => `${value} × ${count}`);
  return values.length === 0 ? [] : [{ code: "unknown-directions", values }];
}
