import { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import type { TandemError } from "@tandem/contracts/errors.ts";

import { type CsvRow, readCsvTable, wrongCell } from "../../people/csv-table.ts";
import { decodeCsv } from "../../people/csv-text.ts";
import { readCell } from "../../people/read-cell.ts";

import { readCode } from "./cells.ts";
import { readRows, toRejected } from "./file-lines.ts";
import type { FilePunch, FilePunches } from "./file-punch.ts";
import { isInRange } from "./file-time.ts";

export const PUNCH_COLUMNS = ["terminal", "id_space", "user_id", "at", "verify", "state"] as const;
const RAW_ID = "raw_id";
type Column = (typeof PUNCH_COLUMNS)[number] | typeof RAW_ID;

const MOST_RAW_ID = 200;
/** Guards a spreadsheet from taking a text for a formula; our own export writes it (`formats.md` §13). */
const FORMULA_GUARD = /^'(?=[=+\-@])/;

/**
 * Punches of the interchange file (design §5.2). Errors: `import.encoding`, `import.columns`, `import.empty`,
 * `import.too-large`, and `import.row` for quotes that are not closed.
 */
export function readPunchesCsv(bytes: Buffer): FilePunches {
  const text = decodeCsv(bytes);
  const uneven: { readonly line: number; readonly error: TandemError }[] = [];
  const table = readCsvTable(text, PUNCH_COLUMNS, {
    optional: [RAW_ID],
    reject: (line, error) => uneven.push({ line, error }),
  });
  const rawOf = rowTexts(
    text,
    [...table, ...uneven].map(({ line }) => line),
  );
  const { rows, rejected } = readRows(
    table.map((row) => ({ ...row, raw: rawOf(row.line) })),
    toPunch,
  );
  const all = [...uneven.map(({ line, error }) => toRejected({ line, raw: rawOf(line) }, error)), ...rejected];
  return { punches: rows, rejected: all.sort((a, b) => a.line - b.line), warnings: [], encoding: "utf8", devices: [] };
}

/** The text of the row that begins on a line: up to where the next one begins, because quotes may hold line ends. */
function rowTexts(text: string, starts: readonly number[]): (line: number) => string {
  const lines = text.split(/\r\n|\n|\r/);
  const sorted = starts.toSorted((a, b) => a - b);
  const nextOf = new Map(sorted.map((line, index) => [line, sorted[index + 1] ?? lines.length + 1]));
  return (line) =>
    lines
      .slice(line - 1, (nextOf.get(line) ?? line + 1) - 1)
      .join("\n")
      .trimEnd();
}

function toPunch(row: CsvRow<Column> & { readonly raw: string }): FilePunch {
  const { line, raw } = row;
  const plain = withoutGuards(row);
  const { values } = plain;
  const at = readCell(row, "at", LocalDateTime, "YYYY-MM-DDTHH:mm:ss");
  if (!isInRange(at)) throw wrongCell(line, "at", at, "2000–2099");
  const rawId = values.raw_id;
  if (rawId.length > MOST_RAW_ID) throw wrongCell(line, "raw_id", rawId, `≤ ${MOST_RAW_ID} Aa`);
  return {
    line,
    raw,
    at,
    userId: readCell(plain, "user_id", UserId, "1–64 Aa"),
    verify: readCode(line, "verify", values.verify),
    state: readCode(line, "state", values.state),
    workCode: null,
    ...(rawId === "" ? {} : { rawId }),
    ...(values.terminal === "" ? {} : { terminal: readCell(plain, "terminal", TerminalName, "1–64 Aa") }),
    ...(values.id_space === "" ? {} : { idSpace: readCell(plain, "id_space", IdSpaceId, "1–64 Aa") }),
  };
}

function withoutGuards({ line, values }: CsvRow<Column>): CsvRow<Column> {
  const [terminal, id_space] = [withoutGuard(values.terminal), withoutGuard(values.id_space)];
  const [user_id, raw_id] = [withoutGuard(values.user_id), withoutGuard(values.raw_id)];
  return { line, values: { ...values, terminal, id_space, user_id, raw_id } };
}

function withoutGuard(text: string): string {
  return text.replace(FORMULA_GUARD, "");
}
