import { isUtf8 } from "node:buffer";

import iconv from "iconv-lite";

import type { TerminalTarget } from "../../terminal.ts";

export type NameEncoding = TerminalTarget["nameEncoding"];

const REPLACEMENT = "\uFFFD";

/** A field up to its first NUL. */
export function untilNul(field: Buffer): Buffer {
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/** ASCII-like text up to the first NUL: options, ids, versions. */
export function plainText(field: Buffer): string {
  return untilNul(field).toString("latin1");
}

/**
 * A name field as text in NFC: strict UTF-8, otherwise `fallback`, because no terminal says what it writes
 * (`zk-pull.md` §5). Null where neither fits: such a name must never be overwritten.
 */
export function decodeName(field: Buffer, fallback: NameEncoding): string | null {
  const bytes = untilNul(field);
  const text = strictUtf8(bytes) ?? cutUtf8(bytes, field.length) ?? inCodePage(bytes, fallback);
  return text === null ? null : text.normalize("NFC");
}

/**
 * What names are to be written in: UTF-8, as most firmware has it, unless a name that is there shows that this terminal
 * uses `fallback` (`zk-pull.md` §5).
 */
export function writingEncoding(fields: readonly Uint8Array[], fallback: NameEncoding): NameEncoding {
  return fields.some((field) => isInCodePage(Buffer.from(field))) ? fallback : "utf8";
}

function isInCodePage(field: Buffer): boolean {
  const bytes = untilNul(field);
  return (strictUtf8(bytes) ?? cutUtf8(bytes, field.length)) === null;
}

function strictUtf8(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}

/** A name that fills its field may have been cut within its last letter. */
function cutUtf8(bytes: Buffer, fieldLength: number): string | null {
  if (bytes.length < fieldLength - 1) return null;
  for (let cut = 1; cut <= 3; cut++) {
    const lead = bytes[bytes.length - cut] ?? 0;
    if ((lead & 0xc0) === 0x80) continue;
    const needs = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    // A name in a code page may end in a byte that looks like this too; only letters before it make it UTF-8.
    const before = bytes.subarray(0, -cut);
    return lead < 0xf5 && needs > cut && before.some((byte) => byte >= 0x80) ? strictUtf8(before) : null;
  }
  return null;
}

function inCodePage(bytes: Buffer, fallback: NameEncoding): string | null {
  if (fallback === "utf8") return null;
  const text = iconv.decode(bytes, fallback);
  return text.includes(REPLACEMENT) ? null : text;
}
