import type { RejectedRow } from "@tandem/contracts/domain/punch-file.ts";
import { hasCode, type TandemError } from "@tandem/contracts/errors.ts";

/** One line with something on it; `line` counts from 1, empty ones included. */
export interface FileLine {
  readonly line: number;
  readonly raw: string;
}

/** What an error may show of a row. */
const SHOWN = 200;
/** Longer than anything in a row of punches: it may be a piece of a template, of which nothing is shown. */
const RUN = /[A-Za-z0-9+/=]{40,}/g;
/** What old programs put at the end of a text, and what a stick that was pulled out leaves there. */
const NOTHING = /^[\s\0\u001A\uFEFF]*$/;

export function linesOf(text: string): readonly FileLine[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((raw, index) => ({ line: index + 1, raw }))
    .filter(({ raw }) => !NOTHING.test(raw));
}

/** Reads row by row; a row on which `read` throws `import.row` is rejected and keeps none of the others from being read. */
export function readRows<L extends FileLine, T>(
  lines: readonly L[],
  read: (line: L) => T,
): { rows: T[]; rejected: RejectedRow[] } {
  const rows: T[] = [];
  const rejected: RejectedRow[] = [];
  for (const line of lines) {
    try {
      rows.push(read(line));
    } catch (error) {
      if (!hasCode(error, "import.row")) throw error;
      rejected.push(toRejected(line, error));
    }
  }
  return { rows, rejected };
}

export function toRejected({ line, raw }: FileLine, { details }: TandemError): RejectedRow {
  const field = String(details["field"]);
  const masked = raw.replace(RUN, "…");
  const shown = masked.length > SHOWN ? `${masked.slice(0, SHOWN)}…` : masked;
  return { line, field, raw: shown, reason: `${field}: ${String(details["problem"])}` };
}
