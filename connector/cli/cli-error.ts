import { CommanderError } from "commander";

import { cliText, errorText, type Language } from "@tandem/contracts/catalogue/index.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import { printable } from "./printable.ts";

/** What a failed command leaves: the lines for stderr, the document for `--json`, the exit code. */
export interface Failure {
  readonly stderr: string;
  readonly document: object;
  readonly exitCode: number;
}

/** A command that has something to show and failed all the same: a check with findings, one terminal of several. */
export class FailedCommand extends Error {
  override readonly name = "FailedCommand";
  readonly reply: object;
  readonly failures: readonly TandemError[];

  constructor(reply: object, failures: readonly TandemError[]) {
    super("the command failed in part");
    this.reply = reply;
    this.failures = failures;
  }
}

/** Exit code 2 for wrong usage, 1 for everything else (design §5.1). */
export function failureOf(error: unknown, language: Language): Failure {
  const { reply, failures } =
    error instanceof FailedCommand ? error : { reply: {}, failures: [known(error, language)] };
  const [first] = failures;
  return {
    stderr: failures.map((failure) => explain(failure, language)).join(""),
    document: first === undefined ? reply : { ...reply, error: documentOf(first, language) },
    exitCode: hasCode(first, "cli.usage") ? 2 : 1,
  };
}

function explain(error: TandemError, language: Language): string {
  const { text, next } = errorText(language, error.code, error.details);
  // What nobody foresaw has no text of its own; its cause is all there is.
  const cause = hasCode(error, "internal.unexpected") && error.cause instanceof Error ? [error.cause.message] : [];
  return printable([`${error.code}: ${text}`, next, ...cause].join("\n  "));
}

function documentOf({ code, details }: TandemError, language: Language): object {
  return { code, text: errorText(language, code, details).text, details };
}

function known(error: unknown, language: Language): TandemError {
  return error instanceof CommanderError
    ? new TandemError("cli.usage", { problem: problemOf(error, language) })
    : toTandemError(error);
}

function problemOf(error: CommanderError, language: Language): string {
  // Commander's way to say that a group of commands was named and none of it.
  if (error.code === "commander.help") return cliText(language, "usage.no-command");
  return error.message.replace(/^error: /, "");
}
