import { errorText } from "@tandem/contracts/catalogue/index.ts";
import type { TerminalWarning } from "@tandem/contracts/domain/fleet.ts";

import type { Cli } from "./cli.ts";
import { replyError } from "./reply-error.ts";

/** One line for each warning: its code, what it means and what to do next. */
export function warningLines(cli: Cli, warnings: readonly TerminalWarning[]): string[] {
  return warnings.map((warning) => {
    const { code, details } = replyError(warning.code, warning.details);
    return cli.say("terminals.warning", { code, ...errorText(cli.language, code, details) });
  });
}
