import { TandemError } from "@tandem/contracts/errors.ts";

import type { HrSites } from "../../hr/hr-sites.ts";
import type { Clock } from "../../platform/clock.ts";

/** Nobody waits longer than this to learn what time it is. */
const PATIENCE_MS = 5_000;

/** Whole seconds that this PC's clock is ahead of the HR server's; null without an HR site that tells in time. */
export async function pcClockOffset(
  hrSites: Pick<HrSites, "current" | "directoryFor">,
  clock: Clock,
): Promise<number | null> {
  const site = hrSites.current();
  if (site === null) return null;
  const directory = await hrSites.directoryFor(site);
  const abort = new AbortController();
  // A delivery that is under way keeps the question waiting in its queue, where no signal reaches it.
  const patience = new Promise<null>((resolve) => {
    const cancel = clock.after(PATIENCE_MS, () => {
      abort.abort();
      resolve(null);
    });
    abort.signal.addEventListener("abort", cancel, { once: true });
  });
  try {
    const offset = await Promise.race([directory.clockOffset(abort.signal), patience]);
    return offset === null ? null : Math.round(offset / 1000);
  } catch (error) {
    if (error instanceof TandemError && error.code.startsWith("hr.")) return null;
    throw error;
  } finally {
    abort.abort();
  }
}
