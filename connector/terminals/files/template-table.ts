const HEAD = 6;
/** Records of algorithm 9 are all of this length; those of algorithm 10 have one of their own (`formats.md` §4). */
const FIXED = 608;
const LONGEST = 16_384;
const FACE = 2_576;
/** Makers count the head in, or not. */
const LEAST_FACE = 2_500;
const LAST_FINGER = 9;
/** 0 invalid, 1 valid, 3 duress. */
const FLAGS: ReadonlySet<number> = new Set([0, 1, 3]);
/** So many records prove what a file is. */
const LOOKED_AT = 8;

/**
 * Whether the bytes are templates of a USB export, whole or cut off, whatever the file's name is. No text is taken for
 * one: its fifth and sixth bytes would have to be control characters.
 */
export function isTemplateTable(bytes: Buffer): boolean {
  return startsWithRecords(bytes, () => FIXED) || startsWithRecords(bytes, (size) => size) || isFaceTable(bytes);
}

function startsWithRecords(bytes: Buffer, lengthOf: (size: number) => number): boolean {
  let hasValid = false;
  let at = 0;
  for (let records = 0; records < LOOKED_AT && at + HEAD <= bytes.length; records++) {
    const size = bytes.readUInt16LE(at);
    const flag = bytes.readUInt8(at + 5);
    const isHead = size > HEAD && size <= LONGEST && bytes.readUInt16LE(at + 2) !== 0;
    if (!isHead || bytes.readUInt8(at + 4) > LAST_FINGER || !FLAGS.has(flag)) return false;
    hasValid ||= flag !== 0;
    at += lengthOf(size);
  }
  return hasValid;
}

function isFaceTable(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.length % FACE !== 0) return false;
  const size = bytes.readUInt16LE(0);
  return size > LEAST_FACE && size <= FACE && bytes.readUInt16LE(2) !== 0 && FLAGS.has(bytes.readUInt8(5));
}
