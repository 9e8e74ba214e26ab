import { UserId } from "@tandem/contracts/domain/ids.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { wrongCell } from "../../people/csv-table.ts";

import { TIME_FORM } from "./file-time.ts";

/** What terminals can hold as a user ID: 24 bytes of plain text without spaces. */
const USER_ID = /^[!-~]{1,24}$/;
const CODE = /^\d{1,3}$/;
const MOST_CODE = 255;
const WORK_CODE = /^\d{1,10}$/;
const MOST_WORK_CODE = 0xffff_ffff;

/** Throws `import.row`. */
export function readUserId(line: number, field: string, cell = ""): UserId {
  if (!USER_ID.test(cell)) throw wrongCell(line, field, cell, "1–24 A–Z 0–9");
  return UserId.parse(cell);
}

/** Throws `import.row`. */
export function readTime(
  line: number,
  field: string,
  cell = "",
  times: (text: string) => LocalDateTime | null,
): LocalDateTime {
  const at = times(cell);
  if (at === null) throw wrongCell(line, field, cell, TIME_FORM);
  return at;
}

/** A verify code or a punch state, one byte on a terminal; null for an empty or missing cell. Throws `import.row`. */
export function readCode(line: number, field: string, cell = ""): number | null {
  if (cell === "") return null;
  if (!CODE.test(cell) || Number(cell) > MOST_CODE) throw wrongCell(line, field, cell, `0–${MOST_CODE}`);
  return Number(cell);
}

/** Null also for what is no number: a work code decides nothing, and the row's bytes keep it. */
export function readWorkCode(cell = ""): number | null {
  return WORK_CODE.test(cell) && Number(cell) <= MOST_WORK_CODE ? Number(cell) : null;
}
