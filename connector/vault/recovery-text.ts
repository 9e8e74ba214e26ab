import { createHash } from "node:crypto";

import { TandemError } from "@tandem/contracts/errors.ts";

/** Crockford's base32: no I, L, O and U, so that a printed key is read in one way only. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 160 random bits: 32 letters. */
export const RECOVERY_BYTES = 20;

const KEY_LETTERS = (RECOVERY_BYTES * 8) / 5;
const CHECK_LETTERS = 4;
const GROUP = 4;

/** `XXXX-XXXX-…`, nine groups of four letters; the last one is the checksum. */
export function recoveryText(bytes: Uint8Array): string {
  const letters = toBase32(bytes) + checksum(bytes);
  return (letters.match(new RegExp(`.{${GROUP}}`, "g")) ?? []).join("-");
}

/**
 * The key that was typed. Case, spaces and dashes do not matter; I and L are read as 1, O as 0. Throws
 * `vault.recovery-mistyped`, which never quotes what was typed.
 */
export function readRecoveryText(text: string): Uint8Array {
  const letters = text
    .toUpperCase()
    .replace(/[\s\-–—]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  if (letters.length !== KEY_LETTERS + CHECK_LETTERS) throw new TandemError("vault.recovery-mistyped");
  const bytes = fromBase32(letters.slice(0, KEY_LETTERS));
  if (bytes === null || checksum(bytes) !== letters.slice(KEY_LETTERS)) {
    throw new TandemError("vault.recovery-mistyped");
  }
  return bytes;
}

/** 20 bits: a slip passes once in a million. */
function checksum(bytes: Uint8Array): string {
  return toBase32(createHash("sha256").update("tandem recovery checksum").update(bytes).digest()).slice(
    0,
    CHECK_LETTERS,
  );
}

/** Whole groups of five bits; bits left over are dropped. */
function toBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += LETTERS.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return text;
}

function fromBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(held >> bits);
    held &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}
