import type { AttlogOrder, DateOrder } from "@tandem/contracts/domain/punch-file.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { wrongCell } from "../../people/csv-table.ts";

import { readCode, readTime, readUserId, readWorkCode } from "./cells.ts";
import { type FileLine, linesOf, readRows } from "./file-lines.ts";
import type { FilePunch, FilePunches } from "./file-punch.ts";
import { looksLikeTime, timesOf } from "./file-time.ts";
import type { DecodedText } from "./text-encoding.ts";

export interface AttlogOptions {
  readonly dates?: DateOrder | undefined;
  /** Which columns hold what; told by the file itself where it is not given. */
  readonly order?: AttlogOrder | undefined;
  /** How earlier files of the same terminal were read. */
  readonly known?: AttlogOrder | null | undefined;
}

/** Without a TAB: an ID, then date and time as one field, then the rest. */
const SPACED = /^\s*([^\s,]+)[\s,]+(\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[ T]+\d{1,2}:\d{2}:\d{2})(?![^\s,])[\s,]*(.*)$/;
type FoundOrder = AttlogOrder | "likely" | "open" | "mixed";
/** A row that is cut behind these still has all that it is told apart by. */
const COLUMNS = 6;
const STATES: ReadonlySet<string> = new Set(["0", "1", "2", "3", "4", "5", "255"]);
/** The last line has its end. */
const ENDS = /[\r\n][\0\u001A]*$/;
/** Where state, verify and work code stand (`formats.md` §2). */
const PLACES: Readonly<Record<AttlogOrder, readonly [number, number, number]>> = { vendor: [3, 4, 5], push: [2, 3, 4] };

/**
 * Punches of `*_attlog.dat` (`formats.md` §2). Errors: `import.date-order`, `import.date-orders`, `import.column-order`,
 * `import.column-orders`.
 */
export function readAttlog({ text, encoding }: DecodedText, options: AttlogOptions = {}): FilePunches {
  const lines = linesOf(text);
  const usual = usualColumns(lines);
  const { third, isFifthZero } = columnsOf(lines, usual);
  const found = orderOf(third, isFifthZero);
  const order = chooseOrder(found, lines, options);
  const [state, verify, workCode] = PLACES[order];
  const open = ENDS.test(text) ? undefined : lines.at(-1);
  const times = timesOf(timeCells(lines), options.dates);
  const { rows, rejected } = readRows(lines, (row): FilePunch => {
    const { line, raw } = row;
    const cells = cellsOf(raw);
    const punch = {
      line,
      raw,
      userId: readUserId(line, "user_id", cells[0]),
      at: readTime(line, "at", cells[1], times),
      state: readCode(line, "state", cells[state]),
      verify: readCode(line, "verify", cells[verify]),
      workCode: readWorkCode(cells[workCode]),
    };
    // Without a line end, a code at the very end may have lost digits, and an only line whatever stood behind it.
    const mayBeCut = row === open && (lines.length === 1 || [state, verify].includes(cells.length - 1));
    const least = mayBeCut ? COLUMNS : Math.min(usual, COLUMNS);
    if (cells.length < least) throw wrongCell(line, "columns", String(cells.length), `≥ ${least}`);
    return punch;
  });
  const isOpen = (options.order ?? options.known ?? null) === null && found === "mixed";
  const warnings = isOpen ? [{ code: "column-order" as const, values: bothReadings(lines) }] : [];
  const devices = order === "vendor" ? [...third].filter((device) => device !== "") : [];
  return { punches: rows, rejected, encoding, warnings, devices, order };
}

/**
 * One order for all files of a terminal: another one would read the same punch as another. Errors: `import.column-order`
 * where nobody can tell, `import.column-orders` where the file or its operator says another than before.
 */
function chooseOrder(found: FoundOrder, lines: readonly FileLine[], { order, known }: AttlogOptions): AttlogOrder {
  const told = order ?? (found === "vendor" || found === "push" ? found : null);
  const before = known ?? null;
  const sample = bothReadings(lines).join("; ");
  if (before !== null) {
    if (told !== null && told !== before) throw new TandemError("import.column-orders", { sample, known: before });
    return before;
  }
  if (told !== null) return told;
  if (found === "open") throw new TandemError("import.column-order", { sample });
  return "vendor";
}

/** The first row read in both ways, for whoever knows which is right. */
function bothReadings(lines: readonly FileLine[]): string[] {
  const cells = cellsOf(lines[0]?.raw ?? "");
  return Object.entries(PLACES).map(
    ([order, [state, verify]]) => `${order}: state ${cells[state] ?? "–"}, verify ${cells[verify] ?? "–"}`,
  );
}

/** Whether a line can be one of an attlog. */
export function isAttlogLine(raw: string): boolean {
  const [userId = "", time = ""] = cellsOf(raw);
  return userId !== "" && looksLikeTime(time);
}

function cellsOf(raw: string): readonly string[] {
  if (raw.includes("\t")) return raw.split("\t").map((cell) => cell.trim());
  const [, userId, time, rest = ""] = SPACED.exec(raw) ?? [];
  if (userId === undefined || time === undefined) return raw.trim().split(/\s{2,}|\s*,\s*/);
  return [userId, time, ...(rest.trim() === "" ? [] : rest.trim().split(/\s*,\s*|\s+/))];
}

function* timeCells(lines: readonly FileLine[]): Generator<string> {
  for (const { raw } of lines) yield cellsOf(raw)[1] ?? "";
}

/** How many columns most lines have. */
function usualColumns(lines: readonly FileLine[]): number {
  const counts = new Map<number, number>();
  for (const { raw } of lines) {
    const { length } = cellsOf(raw);
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return [...counts].reduce((usual, other) => (other[1] > usual[1] ? other : usual), [0, 0])[0];
}

/** What stands in the third column, and whether the fifth holds zeros only. */
function columnsOf(lines: readonly FileLine[], usual: number): { third: ReadonlySet<string>; isFifthZero: boolean } {
  const third = new Set<string>();
  let isFifthZero = true;
  for (const { raw } of lines) {
    const cells = cellsOf(raw);
    if (cells.length < usual || !looksLikeTime(cells[1] ?? "")) continue;
    third.add(cells[2] ?? "");
    isFifthZero &&= cells[4] === "0";
  }
  return { third, isFifthZero };
}

/**
 * By what stands in the columns (`formats.md` §2, "Column order"). A third column of one value is a device, or a log in
 * which everybody came: `open` where the fifth could be either a verify code or a work code, `likely` where it is no usual
 * work code. `mixed` looks like neither form.
 */
function orderOf(third: ReadonlySet<string>, isFifthZero: boolean): FoundOrder {
  const areStates = [...third].every((value) => STATES.has(value));
  const isOne = third.size <= 1;
  if (isOne && isFifthZero && areStates) return "open";
  // Rows that end before the third column prove nothing.
  if (isOne) return areStates || third.has("") ? "likely" : "vendor";
  return isFifthZero && areStates ? "push" : "mixed";
}
