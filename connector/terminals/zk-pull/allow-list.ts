import type { TerminalMode } from "@tandem/contracts/domain/terminal.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { Command } from "./commands.ts";

/** All that a terminal in shadow mode may be sent (design §3.3). */
export const SHADOW_COMMANDS: ReadonlySet<number> = new Set([
  Command.connect,
  Command.exit,
  Command.auth,
  Command.optionRead,
  Command.freeSizes,
  Command.state,
  Command.pinWidth,
  Command.version,
  Command.getTime,
  Command.dbRead,
  Command.userTempRead,
  Command.attendanceRead,
  Command.operationRead,
  Command.verifyRead,
  Command.templateRead,
  Command.event,
  Command.freeData,
  Command.bufferedRead,
  Command.chunkRead,
]);

/** Tandem never clears a terminal's log, in any mode (design §3.3). */
const NEVER: ReadonlySet<number> = new Set([Command.deleteAll, Command.clearAttendance, Command.clearOperations]);

/** Errors: `terminal.shadow-mode`, `terminal.never-sent`. */
export function assertMaySend(command: number, mode: TerminalMode): void {
  if (NEVER.has(command)) throw new TandemError("terminal.never-sent", { command });
  if (mode === "shadow" && !SHADOW_COMMANDS.has(command)) throw new TandemError("terminal.shadow-mode", { command });
}
