import type { AttlogOrder, DateOrder, PunchFileFormat } from "@tandem/contracts/domain/punch-file.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { isAglBinary, readAglBinary } from "./agl-binary.ts";
import { readAglText } from "./agl-text.ts";
import { readAttlog } from "./attlog.ts";
import { aglFormat, detectFormat } from "./detect-format.ts";
import { linesOf } from "./file-lines.ts";
import type { FilePunches } from "./file-punch.ts";
import { readPunchesCsv } from "./punches-csv.ts";
import { refuseOtherExports, refuseTemplates } from "./refused-files.ts";
import { type DecodedText, decodeText } from "./text-encoding.ts";

export interface PunchFile {
  /** Without folders. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly format: PunchFileFormat | "auto";
  readonly dates?: DateOrder | undefined;
  readonly order?: AttlogOrder | undefined;
  /** How earlier attlogs of the same terminal were read. */
  readonly knownOrder?: AttlogOrder | null | undefined;
}

/**
 * All rows of a file of punches; what cannot be understood is in `rejected`. Files with biometric data are refused
 * whatever `format` says. Errors: `import.*`.
 */
export function readPunchFile(source: PunchFile): FilePunches & { readonly format: PunchFileFormat } {
  const { file, bytes } = source;
  if (bytes.length === 0) throw new TandemError("import.empty");
  refuseTemplates(file, bytes);
  refuseOtherExports(file, bytes);
  if (isAglBinary(bytes)) {
    refuseOtherFormat(source);
    return { format: aglFormat(file), ...readAglBinary(bytes) };
  }
  const decoded = decodeText(bytes);
  if (linesOf(decoded.text).length === 0) throw new TandemError("import.empty");
  const format = source.format === "auto" ? detectFormat(file, decoded.text) : source.format;
  if (format === null) throw new TandemError("import.unknown-format", { file });
  const read = readText(source, decoded, format);
  if (read.punches.length + read.rejected.length === 0) throw new TandemError("import.empty");
  return { format, ...read };
}

function readText(
  { file, bytes, dates, order, knownOrder: known }: PunchFile,
  decoded: DecodedText,
  format: PunchFileFormat,
) {
  switch (format) {
    case "csv":
      return readPunchesCsv(bytes);
    case "attlog":
      return readAttlog(decoded, { dates, order, known });
    case "agl":
    case "glg":
      return readAglText(decoded, file, dates);
  }
}

/** The bytes prove themselves to be AGL's. */
function refuseOtherFormat({ file, format }: PunchFile): void {
  if (format === "csv" || format === "attlog") throw new TandemError("import.unknown-format", { file });
}
