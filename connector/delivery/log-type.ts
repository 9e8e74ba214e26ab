import type { LogType } from "@tandem/contracts/domain/punch.ts";
import type { Direction } from "@tandem/contracts/domain/terminal.ts";

/** State keys of a terminal: check-in, break-in and overtime-in (`zk-pull.md` §2.7, `parallel-run.md` §4.6). */
const IN_STATES = [0, 3, 4];
const OUT_STATES = [1, 2, 5];

/**
 * In, out, or neither, by the terminal's direction. `alternate` and `first-last` need the whole day and are not decided
 * here; `parity` is the old programs' rule that odd machine numbers are entrances.
 */
export function logTypeOf(direction: Direction, machine: number | null, state: number): LogType {
  switch (direction) {
    case "in":
      return "IN";
    case "out":
      return "OUT";
    case "auto":
    case "state":
      return byState(state);
    case "parity":
      return machine === null ? "" : machine % 2 === 1 ? "IN" : "OUT";
    case "alternate":
    case "first-last":
    case "none":
      return "";
  }
}

function byState(state: number): LogType {
  if (IN_STATES.includes(state)) return "IN";
  return OUT_STATES.includes(state) ? "OUT" : "";
}
