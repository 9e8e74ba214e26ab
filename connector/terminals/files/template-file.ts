import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { decodeTemplates, type TemplateEntry } from "../zk-pull/codec/templates.ts";

/** Fingerprints of a USB export, by the slots of its `user.dat`. */
export interface TemplateFile {
  /** `~ZKFPVersion` of terminals that take them; 9 and 10 are not convertible (`zk-pull.md` §3.4). */
  readonly version: "9" | "10";
  readonly entries: readonly TemplateEntry[];
}

const HEAD = 6;
/** Records of algorithm 9: the template's size, slot, finger, flag, then the template in a field of fixed length. */
const RECORD_9 = 608;
const FIELD_9 = RECORD_9 - HEAD;
const LAST_FINGER = 9;

/**
 * Reads `template.dat` and `template.fp10` (`formats.md` §4), all of it or nothing. Faces have other records and are not
 * read. Errors: `import.templates-unreadable`.
 */
export function readTemplateFile(file: string, bytes: Buffer): TemplateFile {
  const entries9 = entriesOf9(bytes);
  const found: TemplateFile =
    entries9 === null ? { version: "10", entries: entriesOf10(file, bytes) } : { version: "9", entries: entries9 };
  const isWhole =
    found.entries.length > 0 && found.entries.every(({ uid, finger }) => uid !== 0 && finger <= LAST_FINGER);
  if (!isWhole) throw new TandemError("import.templates-unreadable", { file });
  return found;
}

/** Null where the records are not of this kind: there the size includes the head, and more than a field holds. */
function entriesOf9(bytes: Buffer): readonly TemplateEntry[] | null {
  if (bytes.length === 0 || bytes.length % RECORD_9 !== 0) return null;
  const entries = Array.from({ length: bytes.length / RECORD_9 }, (_, index): TemplateEntry & { size: number } => {
    const at = index * RECORD_9;
    const size = bytes.readUInt16LE(at);
    return {
      size,
      uid: bytes.readUInt16LE(at + 2),
      finger: bytes.readUInt8(at + 4),
      flag: bytes.readUInt8(at + 5),
      template: bytes.subarray(at + HEAD, at + HEAD + size),
    };
  });
  return entries.every(({ size, finger }) => size > 0 && size <= FIELD_9 && finger <= LAST_FINGER) ? entries : null;
}

function entriesOf10(file: string, bytes: Buffer): readonly TemplateEntry[] {
  try {
    return decodeTemplates(bytes);
  } catch (error) {
    if (!hasCode(error, "terminal.incomplete")) throw error;
    throw new TandemError("import.templates-unreadable", { file }, { cause: error });
  }
}
