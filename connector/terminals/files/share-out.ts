import type { IdSpaceId, TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { ImportRequest, PunchFileFormat, RejectedRow } from "@tandem/contracts/domain/punch-file.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { groupBy } from "../../ledger/group-by.ts";
import { wrongCell } from "../../people/csv-table.ts";
import type { BookedTerminal } from "../terminal-book.ts";

import { readRows } from "./file-lines.ts";
import { attlogPrefix } from "./file-name.ts";
import type { FilePunch } from "./file-punch.ts";
import type { Share } from "./import-target.ts";

/** The punches of a file by the terminal they belong to. */
export interface SharedFile {
  readonly shares: readonly Share[];
  /** Rows that name another terminal than the operator does, or none where he names none. */
  readonly rejected: readonly RejectedRow[];
}

/**
 * Finds whose punches these are: as the operator says, as a CSV says row by row, or as the serial number in an attlog's
 * name says. Errors: `import.terminal-unnamed`.
 */
export function shareOut(
  { format, punches }: { readonly format: PunchFileFormat; readonly punches: readonly FilePunch[] },
  { file, terminal: said }: Pick<ImportRequest, "file" | "terminal">,
  registered: readonly BookedTerminal[],
): SharedFile {
  const named = said ?? (format === "attlog" ? terminalInName(file, registered) : undefined);
  if (named === undefined && format !== "csv") throw new TandemError("import.terminal-unnamed", { file });
  const { rows, rejected } = readRows(punches, (punch) => ({ punch, terminal: terminalOf(punch, named) }));
  const shares = [...groupBy(rows, ({ terminal }) => terminal)].map(([terminal, group]) => ({
    terminal,
    format,
    punches: group.map(({ punch }) => punch),
  }));
  if (shares.length === 0 && named !== undefined)
    return { shares: [{ terminal: named, format, punches: [] }], rejected };
  return { shares, rejected };
}

/** A terminal has one ID space: a row that names another one means somebody else by its user ID. */
export function inSpace(
  punches: readonly FilePunch[],
  idSpace: IdSpaceId,
): { readonly punches: readonly FilePunch[]; readonly rejected: readonly RejectedRow[] } {
  const { rows, rejected } = readRows(punches, (punch) => {
    if (punch.idSpace !== undefined && punch.idSpace !== idSpace)
      throw wrongCell(punch.line, "id_space", punch.idSpace, idSpace);
    return punch;
  });
  return { punches: rows, rejected };
}

/** The terminal whose serial number stands in an attlog's name. */
export function terminalInName(file: string, registered: readonly BookedTerminal[]): TerminalName | undefined {
  const prefix = attlogPrefix(file);
  return registered.find(({ serial }) => serial !== null && serial === prefix)?.name;
}

/** Throws `import.row`. */
function terminalOf({ line, terminal }: FilePunch, named: TerminalName | undefined): TerminalName {
  const found = terminal ?? named;
  if (found === undefined) throw wrongCell(line, "terminal", "", "1–64 Aa, --terminal");
  if (named !== undefined && found !== named) throw wrongCell(line, "terminal", found, named);
  return found;
}
