import { resolve } from "node:path";

import { Command, CommanderError, Option } from "commander";

import type { Language } from "@tandem/contracts/catalogue/index.ts";

import { VERSION } from "../version.ts";

import { failureOf } from "./cli-error.ts";
import { Cli } from "./cli.ts";
import { connectorCommands } from "./commands/connector.ts";
import { consentCommands } from "./commands/consent.ts";
import { fleetCommands } from "./commands/fleet.ts";
import { hrCommands } from "./commands/hr.ts";
import { peopleCommands } from "./commands/people.ts";
import { planCommands } from "./commands/plans.ts";
import { punchCommands } from "./commands/punches.ts";
import { startCommand } from "./commands/start.ts";
import { templateFileCommands } from "./commands/template-files.ts";
import { terminalCommands } from "./commands/terminals.ts";
import { vaultCommands } from "./commands/vault.ts";
import { defaultHome } from "./default-home.ts";
import { languageFor } from "./language.ts";

interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly lang?: string;
}

/** Runs one command line and gives its exit code. */
export async function runCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const program = new Command("tandem")
    .description("Attendance terminals for the HR app you already use")
    .version(VERSION)
    .option("--home <dir>", "data folder (or TANDEM_HOME)")
    .option("--json", "print one JSON document")
    .addOption(new Option("--lang <language>", "language of texts and errors").choices(["vi", "en"]));
  const options = (): GlobalOptions => program.opts();
  const language = (): Language => languageFor(options().lang, env);
  const cli = (): Cli =>
    new Cli({
      home: resolve(options().home ?? defaultHome(env, process.platform)),
      json: options().json ?? false,
      language: language(),
      write: (text) => process.stdout.write(text),
    });
  startCommand(program, cli);
  connectorCommands(program, cli);
  terminalCommands(program, cli);
  fleetCommands(program, cli);
  peopleCommands(program, cli);
  punchCommands(program, cli);
  consentCommands(program, cli);
  planCommands(program, cli);
  vaultCommands(program, cli);
  templateFileCommands(program, cli);
  hrCommands(program, cli);
  everyCommand(program, (command) => {
    command.exitOverride();
    // Usage errors are printed below, once and in our own form; help asked for goes to stdout as usual.
    command.configureOutput({
      outputError: () => undefined,
      // The help that comes with a missing command is for people.
      ...(args.includes("--json") ? { writeErr: () => undefined } : {}),
    });
  });

  try {
    await program.parseAsync(withGlobalsFirst(args), { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = failureOf(error, language());
    process.stderr.write(failure.stderr);
    // A line that could not be parsed has no options yet.
    if (args.includes("--json")) process.stdout.write(`${JSON.stringify(failure.document)}\n`);
    return failure.exitCode;
  }
}

/** `--home`, `--json` and `--lang` are the program's own and may stand anywhere, also behind the command. */
function withGlobalsFirst(args: readonly string[]): string[] {
  const globals: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") return [...globals, ...rest, ...args.slice(at)];
    if (arg === "--json" || /^--(home|lang)=/.test(arg)) globals.push(arg);
    else if (arg === "--home" || arg === "--lang") globals.push(arg, ...args.slice(++at, at + 1));
    else rest.push(arg);
  }
  return [...globals, ...rest];
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) everyCommand(child, visit);
}
