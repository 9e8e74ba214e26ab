import type { Zone } from "@tandem/contracts/domain/time.ts";

import type { Clock } from "../platform/clock.ts";
import { toInstant } from "../platform/zone-time.ts";

import type { Terminal } from "./terminal.ts";

/**
 * Whole seconds that a terminal's clock is ahead of this PC's, half of the answer's way taken off. Null while the terminal
 * shows an impossible time. Errors: `terminal.*`.
 */
export async function readClockOffset(terminal: Terminal, zone: Zone, clock: Clock): Promise<number | null> {
  const before = clock.now();
  const local = await terminal.clock();
  const after = clock.now();
  if (local === null) return null;
  return Math.round((toInstant(zone, local) - (before + after) / 2) / 1000);
}
