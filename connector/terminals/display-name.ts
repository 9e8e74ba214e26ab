import iconv from "iconv-lite";

import type { TerminalTarget } from "./terminal.ts";

export type FieldEncoding = TerminalTarget["nameEncoding"];

/** What had to be done to a name so that it fits, mildest first (`zk-pull.md` §5). */
export type NameStep = "full" | "initials" | "plain" | "cut";

export interface FittedName {
  /** What the terminal will show, in NFC. */
  readonly text: string;
  /** The whole field, padded with NULs; the last byte is always one. */
  readonly field: Buffer;
  readonly step: NameStep;
}

export interface NameField {
  /** Length of the field: 24 on colour-screen terminals, 8 on black-and-white ones. */
  readonly bytes: number;
  readonly encoding: FieldEncoding;
}

/** Combining marks; đ and Đ are letters of their own and have none. */
const MARKS = /\p{M}+/gu;
const NFC_MARK = /^\p{M}/u;
const CONTROL = /\p{Cc}+/gu;
/** Windows-1258 writes these tone marks as bytes of their own, behind the letter: grave, acute, tilde, hook, dot below. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/u;

/**
 * A name for a terminal's field: full, else with middle names as initials, else without diacritics, else cut between
 * two characters. A form that the encoding cannot hold without loss is passed over. Null where no form can be encoded
 * at all, and for a name without a visible character.
 */
export function fitName(name: string, { bytes, encoding }: NameField): FittedName | null {
  const full = tidy(name);
  const short = withInitials(full);
  const forms: readonly (readonly [NameStep, string])[] = [
    ["full", full],
    ["initials", short],
    ["plain", withoutMarks(full)],
    ["plain", withoutMarks(short)],
  ];
  for (const [step, text] of forms) {
    const field = text === "" ? null : fieldOf(text, bytes, encoding);
    if (field !== null) return { text, field, step };
  }
  for (const text of [short, withoutMarks(short)]) {
    const cut = longestCut(text, bytes, encoding);
    if (cut !== null) return cut;
  }
  return null;
}

/** Family name first, given name last: what stands between becomes initials. */
function withInitials(name: string): string {
  const words = name.split(" ");
  const last = words.length - 1;
  return words.map((word, at) => (at === 0 || at === last ? word : (characters(word)[0] ?? ""))).join(" ");
}

function withoutMarks(name: string): string {
  return name.normalize("NFD").replace(MARKS, "").replaceAll("đ", "d").replaceAll("Đ", "D").normalize("NFC");
}

function longestCut(text: string, bytes: number, encoding: FieldEncoding): FittedName | null {
  const all = characters(text);
  // A name that cannot be encoded as a whole must not lose the letters that can.
  if (encode(text, encoding) === null) return null;
  for (let kept = all.length - 1; kept > 0; kept--) {
    const cut = all.slice(0, kept).join("").trimEnd();
    const field = cut === "" ? null : fieldOf(cut, bytes, encoding);
    if (field !== null) return { text: cut, field, step: "cut" };
  }
  return null;
}

function fieldOf(text: string, bytes: number, encoding: FieldEncoding): Buffer | null {
  const encoded = encode(text, encoding);
  if (encoded === null || encoded.length > bytes - 1) return null;
  const field = Buffer.alloc(bytes);
  encoded.copy(field);
  return field;
}

/** Null where the bytes would not read as the same text again. */
function encode(text: string, encoding: FieldEncoding): Buffer | null {
  const bytes = iconv.encode(encoding === "windows-1258" ? splitTones(text) : text, encoding);
  return iconv.decode(bytes, encoding).normalize("NFC") === text ? bytes : null;
}

/** ế is ê and an acute in windows-1258, é is one letter: only what has no code of its own is taken apart. */
function splitTones(text: string): string {
  let split = "";
  for (const letter of text) {
    if (iconv.decode(iconv.encode(letter, "windows-1258"), "windows-1258") === letter) split += letter;
    else split += splitTone(letter);
  }
  return split;
}

function splitTone(letter: string): string {
  const parts = letter.normalize("NFD");
  const tone = TONES.exec(parts)?.[0] ?? "";
  return parts.replace(tone, "").normalize("NFC") + tone;
}

/** Letters together with the marks on them. */
function characters(text: string): readonly string[] {
  const found: string[] = [];
  for (const point of text) {
    const last = found.length - 1;
    if (last >= 0 && NFC_MARK.test(point)) found[last] = `${found[last] ?? ""}${point}`;
    else found.push(point);
  }
  return found;
}

function tidy(name: string): string {
  return name.normalize("NFC").replace(CONTROL, " ").replace(/\s+/gu, " ").trim();
}
