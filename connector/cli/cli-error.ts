import { CommanderError } from "commander";

import { errorText, type Language } from "@tandem/contracts/catalogue/index.ts";
import { TandemError, toTandemError } from "@tandem/contracts/errors.ts";

/** What a failed command leaves: the lines for stderr, the document for `--json`, the exit code. */
export interface Failure {
  readonly stderr: string;
  readonly document: unknown;
  readonly exitCode: number;
}

/** Exit code 2 for wrong usage, 1 for everything else (design §5.1). */
export function failureOf(error: unknown, language: Language): Failure {
  const isUsage = error instanceof CommanderError;
  const known = isUsage ? new TandemError("cli.usage", { problem: problemOf(error) }) : toTandemError(error);
  const { text, next } = errorText(language, known.code, known.details);
  const cause =
    known.code === "internal.unexpected" && known.cause instanceof Error ? `\n  ${known.cause.message}` : "";
  return {
    stderr: `${known.code}: ${text}\n  ${next}${cause}\n`,
    document: { error: { code: known.code, text, details: known.details } },
    exitCode: isUsage ? 2 : 1,
  };
}

function problemOf(error: CommanderError): string {
  return error.message.replace(/^error: /, "");
}
