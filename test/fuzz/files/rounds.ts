import { isDeepStrictEqual } from "node:util";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { FilePunch } from "../../../connector/terminals/files/file-punch.ts";
import { readPunchFile } from "../../../connector/terminals/files/read-punch-file.ts";
import { readTemplateFile } from "../../../connector/terminals/files/template-file.ts";
import { decodeText } from "../../../connector/terminals/files/text-encoding.ts";
import { readUserFile } from "../../../connector/terminals/files/user-file.ts";
import { Random } from "../../doubles/zk-terminal/samples/random.ts";
import type { Tally } from "../zk-pull/rounds.ts";

import { sampleAgl, sampleAglBinary, sampleAttlog, sampleCsv, sampleTemplates, sampleUsers } from "./samples.ts";

/** An RFC 4180 file that lost its end cannot be told from a whole one. */
const TOLD_WHEN_CUT = [sampleAttlog, sampleAgl, sampleAglBinary] as const;
const PUNCHES = [...TOLD_WHEN_CUT, sampleCsv] as const;

/**
 * Damaged files through the parsers. What is read stands in the file, row by row; a file that was cut off holds nothing that
 * the whole one does not; one with fingerprints never gives a punch; everything else is refused by a code. Throws on the
 * first round that breaks this.
 */
export function fuzzFiles(rounds: number, seed: number): Tally {
  const random = new Random(seed);
  const tally: Tally = { whole: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    try {
      if (random.pick([fuzzDamage, fuzzCut, fuzzTables])(random)) tally.whole++;
      else tally.refused++;
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}`, { cause: error });
    }
  }
  return tally;
}

function fuzzDamage(random: Random): boolean {
  const bytes = damaged(random, random.pick(PUNCHES)(random));
  const read = punchesIn(bytes);
  if (read === null) return false;
  if (read.encoding === "hex") refuseInventedRecords(bytes, read.punches);
  else refuseInventedLines(decodeText(bytes).text, read.punches);
  return true;
}

function fuzzCut(random: Random): boolean {
  const file = random.pick(TOLD_WHEN_CUT)(random);
  const all = new Map(punchesIn(file)?.punches.map((punch) => [punch.line, punch]));
  const cut = punchesIn(file.subarray(0, random.below(file.length)));
  for (const punch of cut?.punches ?? []) {
    const whole = all.get(punch.line);
    // What stands behind the codes tells no punch from another.
    const { raw, workCode } = punch;
    if (whole === undefined || !isDeepStrictEqual(punch, { ...whole, raw, workCode }))
      throw new Error("a punch that the whole file does not hold");
  }
  return cut !== null;
}

function fuzzTables(random: Random): boolean {
  const templates = sampleTemplates(random);
  const piece = templates.subarray(0, 6 + random.below(templates.length));
  if (punchesIn(piece) !== null) throw new Error("punches in a file of fingerprints");
  const broken = damaged(random, templates);
  const entries = guarded(() => readTemplateFile("x.dat", broken).entries) ?? [];
  const bytes = entries.reduce((sum, { template }) => sum + template.length, 0);
  if (bytes > broken.length) throw new Error("fingerprints that are not in the file");
  const table = damaged(random, sampleUsers(random));
  const users = guarded(() => readUserFile("user.dat", table));
  if (users !== null && users.length > table.length / 28) throw new Error("users that are not in the file");
  return users !== null;
}

/** Null where the file is refused. */
function punchesIn(bytes: Buffer): ReturnType<typeof readPunchFile> | null {
  return guarded(() => readPunchFile({ file: "x.dat", bytes, format: "auto" }));
}

function guarded<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof TandemError && error.code.startsWith("import.")) return null;
    throw error;
  }
}

function refuseInventedLines(text: string, punches: readonly FilePunch[]): void {
  const lines = text.split(/\r\n|\n|\r/);
  const seen = new Set<number>();
  for (const { line, raw, userId, at } of punches) {
    const end = line - 1 + raw.split("\n").length;
    if (
      seen.has(line) ||
      lines
        .slice(line - 1, end)
        .join("\n")
        .trimEnd() !== raw.trimEnd()
    )
      throw new Error("a line that is not in the file");
    seen.add(line);
    const digits = at.split(/\D/).every((part) => raw.includes(String(Number(part))));
    if (!raw.includes(userId) || !digits) throw new Error("a punch that its line does not tell");
  }
}

function refuseInventedRecords(bytes: Buffer, punches: readonly FilePunch[]): void {
  for (const { line, raw } of punches) {
    const at = 19 + (line - 1) * 8;
    if (bytes.toString("hex", at, at + 8) !== raw) throw new Error("a record that is not in the file");
  }
}

function damaged(random: Random, file: Buffer): Buffer {
  let bytes = Buffer.from(file);
  for (let times = 1 + random.below(5); times > 0 && bytes.length > 0; times--) {
    const at = random.below(bytes.length);
    switch (random.below(4)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(40))]);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.below(at + 1))]);
        break;
      default:
        bytes[at] = random.below(256);
    }
  }
  return bytes;
}
