import { type NewIdLink, Scheme } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, PersonId, UserId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type CsvRow, readCsvTable, wrongCell } from "./csv-table.ts";
import { readCell, readOptionalDate } from "./read-cell.ts";

const COLUMNS = ["id_space", "user_id", "person_id", "scheme", "valid_from", "valid_to"] as const;

export interface FileLink {
  readonly line: number;
  readonly link: Omit<NewIdLink, "why">;
}

/** Links of an ids file (design §5.2), in the file's order. Throws `import.*`, naming line and column. */
export function readIdsFile(text: string): readonly FileLink[] {
  const firstLines = new Map<string, number>();
  return readCsvTable(text, COLUMNS).map((row) => {
    const link = toLink(row);
    const key = JSON.stringify(Object.values(link));
    const first = firstLines.get(key);
    if (first !== undefined) throw new TandemError("import.duplicate-row", { line: row.line, first });
    firstLines.set(key, row.line);
    return { line: row.line, link };
  });
}

function toLink(row: CsvRow<(typeof COLUMNS)[number]>): Omit<NewIdLink, "why"> {
  const link = {
    idSpace: readCell(row, "id_space", IdSpaceId, "1–64 Aa"),
    userId: readCell(row, "user_id", UserId, "1–64 Aa"),
    personId: readCell(row, "person_id", PersonId, "1–140 Aa"),
    scheme: readCell(row, "scheme", Scheme, Scheme.options.join(" | ")),
    validFrom: readOptionalDate(row, "valid_from"),
    validTo: readOptionalDate(row, "valid_to"),
  };
  if (link.validFrom !== null && link.validTo !== null && link.validTo < link.validFrom) {
    throw wrongCell(row.line, "valid_to", link.validTo, `≥ ${link.validFrom}`);
  }
  return link;
}
