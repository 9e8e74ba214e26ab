import { stringify } from "csv-stringify/sync";

import type { IdLink } from "@tandem/contracts/domain/id-link.ts";
import type { ExportRequest, ExportResult } from "@tandem/contracts/domain/punch-file.ts";
import type { PunchRow } from "@tandem/contracts/domain/punch.ts";
import type { TerminalRow } from "@tandem/contracts/domain/terminal.ts";

import { inScheme } from "./in-scheme.ts";
import { PUNCH_COLUMNS } from "./punches-csv.ts";
import { type DatedPunch, writeAttlog } from "./write-attlog.ts";

export interface ExportSource {
  readonly punches: readonly PunchRow[];
  readonly links: readonly IdLink[];
  readonly terminals: readonly TerminalRow[];
}

const BYTE_ORDER_MARK = "\uFEFF";
/** A spreadsheet would calculate it (`formats.md` §13). */
const FORMULA = /^[=+\-@]/;

/** Writes punches for other programs (`formats.md` §13); no name, card or template is in any of the forms. */
export function exportPunches(
  { punches, links, terminals }: ExportSource,
  { format, ids, separator }: Pick<ExportRequest, "format" | "ids" | "separator">,
): ExportResult {
  const dated = punches.flatMap((punch) => (punch.at === null ? [] : [{ ...punch, at: punch.at }]));
  const written = ids === undefined ? dated : inScheme(dated, ids, links);
  const text = {
    csv: () => writeCsv(written, separator),
    json: () => `${JSON.stringify({ punches: written })}\n`,
    attlog: () => writeAttlog(written, terminals),
  }[format]();
  const undated = countOf(punches) - countOf(dated);
  return { format, text, punches: countOf(written), undated, withoutId: countOf(dated) - countOf(written) };
}

function writeCsv(punches: readonly DatedPunch[], delimiter: string): string {
  const rows = punches.flatMap((punch) => {
    const { terminal, idSpace, userId, at, verify, state, count, rawId } = punch;
    const row = [terminal, idSpace, userId, at, verify, state, rawId].map((cell) => guarded(String(cell)));
    return Array<string[]>(count).fill(row);
  });
  const head = [...PUNCH_COLUMNS, "raw_id"];
  return BYTE_ORDER_MARK + stringify([head, ...rows], { delimiter, record_delimiter: "\r\n" });
}

function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function countOf(punches: readonly Pick<PunchRow, "count">[]): number {
  return punches.reduce((sum, { count }) => sum + count, 0);
}
