const DIGIT = "9".charCodeAt(0);
const LETTER = "a".charCodeAt(0);
const OTHER = 1;
const HIGH = 0x80;

/**
 * A table's layout without what stands in it: zeros stay, digits, letters, bytes above ASCII and all others become one
 * byte each. User rows hold passwords, names and cards in clear (`zk-pull.md` §2.4), and none of that may be kept.
 */
export function masked(table: Buffer): Buffer {
  return Buffer.from(table.map(classOf));
}

function classOf(byte: number): number {
  if (byte === 0) return 0;
  if (byte >= HIGH) return HIGH;
  const letter = String.fromCharCode(byte);
  if (/\d/.test(letter)) return DIGIT;
  return /[A-Za-z]/.test(letter) ? LETTER : OTHER;
}
