import { TandemError } from "@tandem/contracts/errors.ts";

import { wrongCell } from "../../people/csv-table.ts";

import { readTime, readUserId } from "./cells.ts";
import { type FileLine, readRows } from "./file-lines.ts";
import type { FilePunch, FilePunches } from "./file-punch.ts";
import { timesOf } from "./file-time.ts";

const MAGIC = ["ZoucqGENLOGData", "Zou10GENLOGData"];
const MAGIC_BYTES = 15;
const HEAD = MAGIC_BYTES + 4;
const RECORD = 8;
const START_OF_TIME = Date.UTC(2000, 0, 1);
/** Mode 0 stands for 8, finger. */
const FINGER = 8;

/** Whether the bytes begin as an `AGL_*.DAT` does (`formats.md` §5.2). */
export function isAglBinary(bytes: Buffer): boolean {
  return MAGIC.includes(bytes.toString("latin1", 0, MAGIC_BYTES));
}

/** Punches of the binary twin of an AGL text; it knows no directions. Errors: `import.cut-off`. */
export function readAglBinary(bytes: Buffer): FilePunches {
  const want = bytes.length < HEAD ? 1 : bytes.readUInt32LE(MAGIC_BYTES);
  const got = Math.floor((bytes.length - HEAD) / RECORD);
  if (bytes.length - HEAD !== want * RECORD) throw new TandemError("import.cut-off", { got: Math.max(0, got), want });
  const records = Array.from({ length: want }, (_, index): FileLine => {
    const at = HEAD + index * RECORD;
    return { line: index + 1, raw: bytes.toString("hex", at, at + RECORD) };
  });
  const { rows, rejected } = readRows(records, readRecord);
  const warnings = rows.length === 0 ? [] : [{ code: "prefer-text" as const, values: [] }];
  return { punches: rows, rejected, warnings, encoding: "hex", devices: [] };
}

const times = timesOf([]);

function readRecord({ line, raw }: FileLine): FilePunch {
  const record = Buffer.from(raw, "hex");
  const who = record.readUInt16LE(4);
  // Zero in every file that was seen: another value is another layout.
  if (record.readUInt16LE(6) !== 0) throw wrongCell(line, "reserved", record.toString("hex", 6), "0000");
  const at = new Date(START_OF_TIME + record.readUInt32LE(0) * 1000).toISOString().slice(0, 19);
  return {
    line,
    raw,
    userId: readUserId(line, "EnNo", String(who >> 4)),
    at: readTime(line, "DateTime", at, times),
    verify: (who & 0xf) === 0 ? FINGER : who & 0xf,
    state: null,
    workCode: null,
  };
}
