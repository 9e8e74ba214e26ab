import { tmpdir } from "node:os";

import type { AdminCommand, AdminReply } from "@tandem/contracts/admin.ts";
import type { CliKey } from "@tandem/contracts/catalogue/en/cli.ts";
import { cliText, type Language, type TextValues } from "@tandem/contracts/catalogue/index.ts";
import { hasCode, type TandemError } from "@tandem/contracts/errors.ts";

import { askConnector } from "../admin/admin-client.ts";
import { dispatch, requireOffline } from "../admin/dispatch.ts";
import { adminSocketPath } from "../admin/socket-path.ts";

import { FailedCommand } from "./cli-error.ts";
import { printable } from "./printable.ts";
import { type Cell, renderTable } from "./table.ts";

export interface CliOptions {
  readonly home: string;
  readonly json: boolean;
  readonly language: Language;
  readonly write: (text: string) => void;
}

/** Texts of one run, in its language. */
export type Say = (key: CliKey, values?: TextValues) => string;

/** One run of the command line: asks the connector, or does the work itself when none is running, and prints. */
export class Cli {
  readonly home: string;
  readonly json: boolean;
  readonly #options: CliOptions;

  constructor(options: CliOptions) {
    this.#options = options;
    this.home = options.home;
    this.json = options.json;
  }

  readonly say: Say = (key, values) => cliText(this.#options.language, key, values);

  get language(): Language {
    return this.#options.language;
  }

  /** Asks and prints: one JSON document with `--json`, otherwise what `show` makes of the reply. */
  async run<C extends AdminCommand>(command: C, input: object, show: (reply: AdminReply<C>) => string): Promise<void> {
    const reply = await this.ask(command, input);
    this.print(reply, () => show(reply));
  }

  /** `input` is what the operator typed; the command's own schema judges it. */
  async ask<C extends AdminCommand>(command: C, input: object): Promise<AdminReply<C>> {
    try {
      return await this.askRunning(command, input);
    } catch (error) {
      if (!hasCode(error, "cli.not-running")) throw error;
    }
    requireOffline(command);
    // Loaded only here: asking a running connector needs no database.
    const { openConnector } = await import("../main.ts");
    const connector = await openConnector(this.home);
    try {
      return await dispatch(connector.adminHandlers, command, input, "cli");
    } finally {
      await connector.close();
    }
  }

  /** Errors: `cli.not-running` when no connector uses the data folder. */
  askRunning<C extends AdminCommand>(command: C, input: object): Promise<AdminReply<C>> {
    const path = adminSocketPath(this.home, process.platform, tmpdir(), process.getuid?.() ?? 0);
    return askConnector(path, command, input);
  }

  print(document: unknown, show: () => string): void {
    this.#options.write(this.json ? `${JSON.stringify(document)}\n` : printable(show()));
  }

  /** Prints a document of somebody else's form, which must come out as it is: one JSON document with `--json`, or the text. */
  printText(document: unknown, text: string): void {
    this.#options.write(this.json ? `${JSON.stringify(document)}\n` : text);
  }

  /** Prints a reply and ends the command with the failures in it, if there are any. */
  report(reply: object, failures: readonly TandemError[], show: () => string): void {
    if (failures.length === 0) {
      this.print(reply, show);
      return;
    }
    if (!this.json) this.print(reply, show);
    throw new FailedCommand(reply, failures);
  }

  table(head: readonly CliKey[], rows: readonly (readonly Cell[])[]): string {
    if (rows.length === 0) return this.say("none");
    return renderTable(
      head.map((key) => this.say(key)),
      rows,
    );
  }
}
