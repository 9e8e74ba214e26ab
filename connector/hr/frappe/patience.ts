import { TandemError } from "@tandem/contracts/errors.ts";

import { type Clock, sleep } from "../../platform/clock.ts";

/** How long to wait for a site in trouble before giving up for this round. */
export const PATIENCE = {
  /** Pauses before a failed request is tried again; their number is the number of repeats. */
  pausesMs: [1_000, 4_000],
  /** Longest `Retry-After` that is waited for. */
  longestWaitMs: 60_000,
  /** How long a request whose answer was lost may still take effect: a batch takes about two seconds on a slow site. */
  settleMs: 10_000,
  settleStepMs: 1_000,
} as const;

/** The pause before repeat number `tries`, or null when the site has had its chances or a repeat cannot help. */
export function pauseFor(error: TandemError, tries: number): number | null {
  const pause = PATIENCE.pausesMs[tries];
  if (pause === undefined) return null;
  switch (error.code) {
    case "hr.unreachable":
    case "hr.server-error":
      return pause;
    case "hr.rate-limited": {
      const { seconds } = error.details;
      const wait = typeof seconds === "number" ? seconds * 1000 : pause;
      return wait <= PATIENCE.longestWaitMs ? wait : null;
    }
    default:
      return null;
  }
}

/** Runs a request that changes nothing, again after a pause where that may help. */
export async function persist<T>(clock: Clock, signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const pause = error instanceof TandemError ? pauseFor(error, tries) : null;
      if (pause === null) throw error;
      await pauseUnlessStopped(clock, pause, signal);
    }
  }
}

/** Throws `hr.stopped` when the signal comes first. */
export async function pauseUnlessStopped(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(clock, ms, signal);
  } catch (error) {
    throw new TandemError("hr.stopped", {}, { cause: error });
  }
}
