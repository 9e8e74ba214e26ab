import type { TerminalHealth, TerminalWarning } from "@tandem/contracts/domain/fleet.ts";
import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { Instant, LocalDateTime } from "@tandem/contracts/domain/time.ts";
import type { ErrorCode, ErrorDetails } from "@tandem/contracts/errors.ts";

import { daysUntilFull } from "./capacity-forecast.ts";
import type { LogGap, ReadingHistory } from "./readings.ts";
import { unusualSilence } from "./silent-alert.ts";

export interface Moment {
  readonly instant: Instant;
  /** The same moment on the terminal's wall clock. */
  readonly local: LocalDateTime;
}

/** Time to find somebody who may delete old punches. */
const NEARLY_DAYS = 14;
/** A gap in the log is told for as long as the payroll that it touches may be open. */
const GAP_DAYS = 40;
/** Beyond this punches fall on the wrong side of a shift's grace (`product.md` §6.1). */
const DRIFT_SECONDS = 60;
const DAY_MS = 86_400_000;

const GAP_CODES = {
  "cleared-by-other": "fleet.log-cleared",
  "overwrote-oldest": "fleet.log-overwrites",
} as const satisfies Record<LogGap["how"], ErrorCode>;

/** What the readings of a terminal say that somebody should look at, the worst first. */
export function judge(
  name: TerminalName,
  history: ReadingHistory,
  now: Moment,
): Pick<TerminalHealth, "daysUntilFull" | "warnings"> {
  const { counts, punchCapacity, at, gaps, habit, clockOffsetSeconds } = history;
  const warn = (code: ErrorCode, found: Instant, details: ErrorDetails): TerminalWarning => {
    return { code, at: found, details: { name, ...details } };
  };
  const days = daysUntilFull(counts, punchCapacity);
  const warnings: TerminalWarning[] = gaps
    .filter((gap) => Date.parse(now.instant) - Date.parse(gap.at) < GAP_DAYS * DAY_MS)
    .map((gap) => warn(GAP_CODES[gap.how], gap.at, {}));
  const silence = habit === null ? null : unusualSilence(habit, now.local);
  if (silence !== null) warnings.push(warn("fleet.silent", now.instant, { ...silence }));
  const makesRoom = warnings.some(({ code }) => code === "fleet.log-overwrites");
  if (days !== null && days <= NEARLY_DAYS && !makesRoom) {
    const code = isFull(history) ? "fleet.log-full" : "fleet.log-nearly-full";
    warnings.push(warn(code, at, { days, punches: counts.at(-1)?.punches ?? null, capacity: punchCapacity }));
  }
  if (clockOffsetSeconds !== null && Math.abs(clockOffsetSeconds) > DRIFT_SECONDS)
    warnings.push(warn("fleet.clock-drift", at, { seconds: clockOffsetSeconds }));
  return { daysUntilFull: days, warnings };
}

function isFull({ counts, punchCapacity }: ReadingHistory): boolean {
  return punchCapacity !== null && (counts.at(-1)?.punches ?? 0) >= punchCapacity;
}
