import type { z } from "zod";

import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { type CsvRow, wrongCell } from "./csv-table.ts";

/** A cell as `schema` wants it. Throws `import.row`, naming the form that is `wanted`. */
export function readCell<C extends string, S extends z.ZodType>(
  row: CsvRow<C>,
  column: C,
  schema: S,
  wanted: string,
): z.output<S> {
  const found = row.values[column];
  const result = schema.safeParse(found);
  if (!result.success) throw wrongCell(row.line, column, found, wanted);
  return result.data;
}

/** A text of 1 to `max` characters, in the composed form of its letters. */
export function readText<C extends string>(row: CsvRow<C>, column: C, max: number): string {
  const found = row.values[column].normalize("NFC");
  if (found === "" || found.length > max) throw wrongCell(row.line, column, found, `1–${max} Aa`);
  return found;
}

/** As `readText`; null for an empty cell. */
export function readOptionalText<C extends string>(row: CsvRow<C>, column: C, max: number): string | null {
  return row.values[column] === "" ? null : readText(row, column, max);
}

/** A day, or null for an empty cell. */
export function readOptionalDate<C extends string>(row: CsvRow<C>, column: C): LocalDate | null {
  return row.values[column] === "" ? null : readCell(row, column, LocalDate, "YYYY-MM-DD");
}
