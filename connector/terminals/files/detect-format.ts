import type { PunchFileFormat } from "@tandem/contracts/domain/punch-file.ts";

import { looksLikeAgl } from "./agl-text.ts";
import { isAttlogLine } from "./attlog.ts";
import { linesOf } from "./file-lines.ts";

/** Lines that are looked at, and the share of them that must be punches. */
const SAMPLE = 100;
const MOST = 0.5;
const GLG_NAME = /^glg/i;

/** What a text is, by its first lines (`formats.md` §0.2: sniff content, not extension); null for none that is known. */
export function detectFormat(file: string, text: string): PunchFileFormat | null {
  const lines = linesOf(text).slice(0, SAMPLE);
  if (isCsvHeader(lines[0]?.raw ?? "")) return "csv";
  if (looksLikeAgl(lines)) return aglFormat(file);
  const punches = lines.filter(({ raw }) => isAttlogLine(raw)).length;
  return punches > 0 && punches >= lines.length * MOST ? "attlog" : null;
}

/** `GLG` files hold the new records only, in the same form. */
export function aglFormat(file: string): PunchFileFormat {
  return GLG_NAME.test(file) ? "glg" : "agl";
}

function isCsvHeader(line: string): boolean {
  const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replaceAll('"', ""));
  return cells.includes("user_id") && cells.includes("at");
}
