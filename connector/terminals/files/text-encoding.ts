import { isUtf8 } from "node:buffer";

import iconv from "iconv-lite";

/** How a file's text is written; `hex` stands for a binary file whose rows are shown as hexadecimal digits. */
export type FileEncoding = "utf8" | "utf-16le" | "utf-16be" | "windows-1258" | "latin1" | "hex";

export interface DecodedText {
  readonly text: string;
  readonly encoding: FileEncoding;
}

const SAMPLE = 4_000;
/** Share of zero bytes from which on a text is taken for UTF-16 without a mark (`formats.md` §1.1). */
const UTF16_ZEROS = 0.15;
const REPLACEMENT = "\uFFFD";

/**
 * The text of a file from a terminal (`formats.md` §1.1): by byte order mark, by zero bytes, strict UTF-8, windows-1258,
 * ISO-8859-1. Half a character at the end of a file that was cut off becomes U+FFFD, so that its line fails to read.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const encoding = markedEncoding(bytes) ?? encodingByZeros(bytes) ?? eightBitEncoding(bytes);
  return { encoding, text: decode(bytes, encoding) };
}

/** The bytes that a piece of decoded text was made of. */
export function encodeText(text: string, encoding: FileEncoding): Buffer {
  return encoding === "hex" ? Buffer.from(text, "hex") : iconv.encode(text, encoding);
}

function markedEncoding(bytes: Buffer): FileEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf8" : null;
}

function encodingByZeros(bytes: Buffer): FileEncoding | null {
  // Zero bytes at the end are what a stick was padded with.
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const sample = bytes.subarray(0, Math.min(end, SAMPLE));
  let even = 0;
  let odd = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  if (even + odd <= sample.length * UTF16_ZEROS) return null;
  return odd > even ? "utf-16le" : "utf-16be";
}

function eightBitEncoding(bytes: Buffer): FileEncoding {
  if (isUtf8(bytes)) return "utf8";
  return iconv.decode(bytes, "windows-1258").includes(REPLACEMENT) ? "latin1" : "windows-1258";
}

function decode(bytes: Buffer, encoding: FileEncoding): string {
  const text = iconv.decode(bytes, encoding);
  const isCut = encoding.startsWith("utf-16") && bytes.length % 2 === 1;
  return isCut ? text + REPLACEMENT : text;
}
