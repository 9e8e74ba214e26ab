import type { PunchSize } from "./punches.ts";
import { plainText } from "./text.ts";
import { TIME_LIMIT } from "./time.ts";
import { isPlausibleId } from "./user-ids.ts";

/** Row lengths that exist; 22 (AK3750/WL10) is recognised in order to be refused (`zk-pull.md` §2.5). */
const CANDIDATES = [40, 49, 22, 16, 8] as const;
type Candidate = (typeof CANDIDATES)[number];

const SAMPLE = 200;
const CERTAIN = 0.98;
const NO_STATE = 255;
const LARGEST_STATE = 15;

export interface PunchHints {
  /** Number of punches the terminal claims; a hint only. */
  readonly count: number | null;
  /** Latest time a punch can have, as the terminal's u32. */
  readonly latest: number;
}

/** Row length of a log, or null where the rows do not prove one (`zk-pull.md` §2.5). An empty log needs none. */
export function detectPunchSize(log: Buffer, { count, latest }: PunchHints): PunchSize | null {
  // In the order of the candidates: the more a form asks for, the more it proves.
  const scored = CANDIDATES.filter((size) => log.length > 0 && log.length % size === 0).map((size) => ({
    size,
    ...scoreRows(log, size, latest),
  }));
  // The count picks the length, and the rows' form only has to agree: a dead clock battery spoils times, not ids.
  const hint = scored.findIndex(({ size }) => count !== null && count > 0 && log.length / count === size);
  const hinted = scored[hint];
  const isContradicted = scored.slice(0, Math.max(hint, 0)).some(({ whole }) => whole >= CERTAIN);
  if (hinted !== undefined && hinted.form >= CERTAIN && !isContradicted) return known(hinted.size);
  const best = scored.find(({ whole }) => whole >= CERTAIN);
  return best === undefined ? null : known(best.size);
}

interface Score {
  /** Share of sampled rows with a plausible id and state. */
  readonly form: number;
  /** … and a plausible time. */
  readonly whole: number;
}

function known(size: Candidate): PunchSize | null {
  return size === 22 ? null : size;
}

function scoreRows(log: Buffer, size: Candidate, latest: number): Score {
  const rows = Math.min(SAMPLE, log.length / size);
  let form = 0;
  let whole = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * size;
    if (!hasForm[size](log, at)) continue;
    form++;
    const time = log.readUInt32LE(at + TIME_AT[size]);
    // Zeros are the padding of longer rows, not midnight of the year 2000 in slot 0.
    if (time > 0 && time <= latest && time < TIME_LIMIT && !(size === 8 && log.readUInt16LE(at) === 0)) whole++;
  }
  return { form: form / rows, whole: whole / rows };
}

const TIME_AT: Readonly<Record<Candidate, number>> = { 8: 3, 16: 4, 22: 13, 40: 27, 49: 27 };

const hasForm: Readonly<Record<Candidate, (log: Buffer, at: number) => boolean>> = {
  8: (log, at) => log.readUInt16LE(at) !== 0xffff && isState(log[at + 7]),
  16: (log, at) => isState(log[at + 9]) && log.readUInt32LE(at) !== 0 && log.readUInt16LE(at + 10) === 0,
  22: (log, at) => isId(log, at, 2, 8) && isState(log[at + 17]) && log.readUInt32LE(at + 18) === 0,
  40: isLong,
  49: isLong,
};

function isLong(log: Buffer, at: number): boolean {
  // A user who was deleted may leave the slot only, or nothing at all.
  return isState(log[at + 31]) && (isId(log, at, 2, 26) || log.subarray(at + 2, at + 26).every((byte) => byte === 0));
}

function isId(log: Buffer, at: number, from: number, to: number): boolean {
  return isPlausibleId(plainText(log.subarray(at + from, at + to)));
}

function isState(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= LARGEST_STATE || byte === NO_STATE);
}
