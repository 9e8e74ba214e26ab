import { CsvError, parse } from "csv-parse/sync";

import { TandemError } from "@tandem/contracts/errors.ts";

/** Larger files are refused before they are parsed. */
const LIMIT_MB = 16;

/** What an error may show of a value. */
const SHOWN = 40;
/** May be a piece of a template, of which nothing is shown. */
const RUN = /[A-Za-z0-9+/=]{40,}/g;

/** One row of an interchange file; surrounding spaces are cut. */
export interface CsvRow<Column extends string> {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

export interface CsvOptions<Optional extends string> {
  /** Columns that may be missing; they are empty then. */
  readonly optional?: readonly Optional[];
  /** Takes what is wrong with a row of the wrong length, which then is left out; without it, it is thrown. */
  readonly reject?: (line: number, error: TandemError) => void;
}

/**
 * The rows of an interchange file (design §5.2): comma, RFC 4180, and a header with exactly these columns in any order.
 * Throws `import.too-large`, `import.encoding`, `import.columns`, `import.row` or `import.empty`.
 */
export function readCsvTable<Column extends string, Optional extends string = never>(
  text: string,
  columns: readonly Column[],
  { optional = [], reject }: CsvOptions<Optional> = {},
): readonly CsvRow<Column | Optional>[] {
  if (Buffer.byteLength(text) > LIMIT_MB * 1024 * 1024) throw new TandemError("import.too-large", { limit: LIMIT_MB });
  // csv-parse counts a CRLF inside quotes as two lines.
  const lines = text.replace(/\r\n?/g, "\n");
  refuseForeignBytes(lines);
  const [header, ...rows] = parseRecords(lines);
  if (header === undefined) throw new TandemError("import.empty");
  const all = [...columns, ...optional];
  const order = readHeader(header, all, optional);
  if (rows.length === 0) throw new TandemError("import.empty");
  return rows.flatMap((row) => {
    const problem = lengthProblem(row, order);
    if (problem === null) return [toRow(row, order, all)];
    if (reject === undefined) throw problem;
    reject(row.line, problem);
    return [];
  });
}

/**
 * An `import.row` error. What is wrong reads the same in every language: the value found, then the form that is wanted.
 */
export function wrongCell(line: number, field: string, found: string, wanted: string): TandemError {
  const masked = found.replace(RUN, "…");
  const shown = masked.length > SHOWN ? `${masked.slice(0, SHOWN)}…` : masked;
  return new TandemError("import.row", { line, field, problem: `"${shown}" ≠ ${wanted}` });
}

interface Parsed {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a wrong decoding leaves behind: the replacement character, or the zero bytes of UTF-16. */
function refuseForeignBytes(text: string): void {
  const at = text.search(/[\u0000\ufffd]/);
  if (at >= 0) throw new TandemError("import.encoding", { line: text.slice(0, at).split("\n").length });
}

function parseRecords(text: string): Parsed[] {
  const records: Parsed[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      on_record(cells: string[], { lines }) {
        // The parser tells the line on which a record ends.
        const breaks = cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
        records.push({ line: lines - breaks, cells: cells.map((cell) => cell.trim()) });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? quoteError(error) : error;
  }
  return records;
}

/** The parser fails on quotes only: one that is not closed, or one inside a value that is not doubled. */
function quoteError(error: CsvError): TandemError {
  const [line, position] = [Number(error["lines"]), Number(error["index"])];
  return new TandemError("import.row", { line, field: position + 1, problem: '" ≠ ""' }, { cause: error });
}

function readHeader<Column extends string>(
  header: Parsed,
  columns: readonly Column[],
  optional: readonly string[],
): readonly Column[] {
  const expected = columns.join(",");
  const { line } = header;
  const known = header.cells.map((cell) => columns.find((column) => column === cell));
  const strange = known.findIndex((column, position) => column === undefined || known.indexOf(column) !== position);
  const missing = columns.find((column) => !known.includes(column) && !optional.includes(column));
  // A file with other separators has one strange column: what is missing says more.
  const field = missing ?? (strange < 0 ? undefined : header.cells[strange]);
  if (field !== undefined) throw new TandemError("import.columns", { field, line, expected });
  return known.filter((column) => column !== undefined);
}

function lengthProblem({ line, cells }: Parsed, order: readonly string[]): TandemError | null {
  if (cells.length === order.length) return null;
  const field = order[cells.length] ?? cells.length;
  return new TandemError("import.row", { line, field, problem: `${cells.length} ≠ ${order.length} ","` });
}

function toRow<Column extends string>(
  { line, cells }: Parsed,
  order: readonly Column[],
  columns: readonly Column[],
): CsvRow<Column> {
  const values: Partial<Record<Column, string>> = {};
  for (const column of columns) values[column] = cells[order.indexOf(column)] ?? "";
  return { line, values: values as Record<Column, string> };
}
