import type { PunchRow } from "@tandem/contracts/domain/punch.ts";
import type { TerminalRow } from "@tandem/contracts/domain/terminal.ts";
import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";

export type DatedPunch = PunchRow & { readonly at: LocalDateTime };

const ID_WIDTH = 9;
/** What a terminal is that nobody gave a number: terminals leave the factory with it. */
const DEVICE = 1;
const NO_WORK_CODE = 0;

/**
 * `*_attlog.dat` in the vendor's order, as the old program reads it (`formats.md` §13). Work codes are not kept apart from
 * a row's bytes and are written as 0.
 */
export function writeAttlog(punches: readonly DatedPunch[], terminals: readonly TerminalRow[]): string {
  const devices = new Map(terminals.map(({ name, machine }) => [name, machine ?? DEVICE]));
  return punches
    .map(({ terminal, userId, at, state, verify, count }) => {
      const time = at.replace("T", " ");
      const device = devices.get(terminal) ?? DEVICE;
      const line = [userId.padStart(ID_WIDTH), time, device, state, verify, NO_WORK_CODE].join("\t");
      return `${line}\r\n`.repeat(count);
    })
    .join("");
}
