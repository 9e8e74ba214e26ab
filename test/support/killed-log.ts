import type { RawPunch } from "../../connector/terminals/terminal.ts";

import { punch } from "./punches.ts";

/** The log that the killed process records: repeated records near and far, two states in one second, impossible dates. */
export function killedLog(): readonly RawPunch[] {
  const log = Array.from({ length: 26_000 }, (_, n) => {
    const time = new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 1000).toISOString().slice(0, 19);
    return punch({ userId: String(n % 211), at: n % 5000 === 17 ? null : time, state: n % 2 });
  });
  return log.flatMap((record, n) => (n % 1000 === 0 ? [record, record, log[n >> 1] ?? record] : [record]));
}
