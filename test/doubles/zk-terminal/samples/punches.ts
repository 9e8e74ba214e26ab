import type { PunchInput } from "../device/options.ts";

import { Random } from "./random.ts";

export type SamplePunch = PunchInput & { readonly at: string };

export interface PunchOptions {
  readonly people: readonly { readonly userId: string }[];
  /** Exactly so many, as many days as it takes. */
  readonly count: number;
  /** First day, `YYYY-MM-DD`. */
  readonly from?: string;
}

const DAY_MS = 86_400_000;
const VERIFY = [1, 1, 1, 1, 4, 15] as const;
/** The four times a day that people come and go: second of the day, spread in seconds, punch state. */
const MOMENTS = [
  { at: 7 * 3_600 + 50 * 60, spread: 1_500, state: 0 },
  { at: 12 * 3_600, spread: 600, state: 2 },
  { at: 13 * 3_600, spread: 600, state: 3 },
  { at: 17 * 3_600 + 15 * 60, spread: 2_400, state: 1 },
] as const;

/** Working days of `people` in the order a terminal records them; now and then the same second or the same punch twice. */
export function generatePunches(
  seed: number,
  { people, count, from = "2026-01-05" }: PunchOptions,
): readonly SamplePunch[] {
  if (people.length === 0) throw new Error("punches need people");
  const random = new Random(seed);
  const punches: SamplePunch[] = [];
  for (let day = Date.parse(`${from}T00:00:00Z`); punches.length < count; day += DAY_MS) {
    if ([0, 6].includes(new Date(day).getUTCDay())) continue;
    punches.push(...dayOf(day, people, random));
  }
  return punches.slice(0, count);
}

function dayOf(day: number, people: PunchOptions["people"], random: Random): readonly SamplePunch[] {
  const made = people.flatMap(({ userId }) => {
    if (random.below(25) === 0) return [];
    const verify = random.pick(VERIFY);
    return MOMENTS.flatMap(({ at, spread, state }) => {
      if ((state === 2 || state === 3) && random.below(3) !== 0) return [];
      const second = at + random.below(spread);
      const punch = { userId, second, verify, state };
      return random.below(200) === 0 ? [punch, punch] : [punch];
    });
  });
  return made
    .sort((a, b) => a.second - b.second)
    .map(({ second, ...punch }) => ({ ...punch, at: new Date(day + second * 1_000).toISOString().slice(0, 19) }));
}
