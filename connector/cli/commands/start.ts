import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Command } from "commander";

import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import { VERSION } from "../../version.ts";
import { failureOf } from "../cli-error.ts";
import type { Cli } from "../cli.ts";
import { BROWSERS, extensionFolder } from "../extension-folder.ts";

export function startCommand(program: Command, cli: () => Cli): void {
  program
    .command("start")
    .description("run the connector until it is stopped")
    .option("--port <number>", "listen on this port and no other")
    .action((options: { port?: string }) => run(cli(), options.port));
}

async function run(cli: Cli, givenPort: string | undefined): Promise<void> {
  const port = givenPort === undefined ? undefined : parsePort(givenPort);
  // Listened for before anything is open, so that no signal can end the process without closing it.
  const stopped = stopSignal();
  const { startConnector } = await import("../../main.ts");
  const connector = await startConnector(cli.home, port).catch((error: unknown) => explainUse(cli, error));
  const facts = { version: VERSION, home: connector.folder, port: connector.port };
  cli.print({ ...facts, extension: extensionFolder() }, () => announcement(cli, connector.folder, connector.port));
  connector.pairing.whenPaired((fingerprint, label) => {
    if (!cli.json) cli.print(null, () => cli.say("start.paired", { fingerprint, label }));
  });
  const keyboard = process.stdin.isTTY ? listenForEnter(cli, connector.pairing) : null;
  await stopped;
  keyboard?.close();
  if (!cli.json) cli.print(null, () => cli.say("start.stopping"));
  await connector.stop();
}

/** The folder may be in use by a single command, which is soon over, or by a connector, which is not. */
async function explainUse(cli: Cli, error: unknown): Promise<never> {
  if (!hasCode(error, "store.in-use")) throw error;
  const isRunning = await cli.askRunning("status", {}).then(
    () => true,
    () => false,
  );
  throw isRunning ? new TandemError("cli.already-running", {}, { cause: error }) : error;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new TandemError("request.invalid", { field: "port", problem: "1–65535" });
}

function announcement(cli: Cli, folder: string, port: number): string {
  const built = BROWSERS.map((browser) => ({ browser, folder: join(extensionFolder(), `${browser}-mv3-prod`) })).filter(
    (target) => existsSync(target.folder),
  );
  return [
    cli.say("start.title", { version: VERSION }),
    cli.say("start.folder", { folder }),
    cli.say("start.listening", { port }),
    ...(built.length === 0
      ? [cli.say("start.extension-missing")]
      : [
          cli.say("start.extension"),
          ...built.map((target) => cli.say(`start.${target.browser}`, { folder: target.folder })),
        ]),
    "",
    cli.say(process.stdin.isTTY ? "start.pair-key" : "start.pair-command"),
  ].join("\n");
}

function listenForEnter(cli: Cli, pairing: { open(): { code: string } }): { close(): void } {
  const keyboard = createInterface({ input: process.stdin });
  keyboard.on("line", () => {
    try {
      const { code } = pairing.open();
      const shown = `${code.slice(0, 5)}-${code.slice(5)}`;
      cli.print({ code }, () => [cli.say("pair.code", { code: shown }), cli.say("pair.until")].join("\n"));
    } catch (error) {
      process.stderr.write(failureOf(toTandemError(error), cli.language).stderr);
    }
  });
  return keyboard;
}

/** Resolves when somebody wants the connector to end: Ctrl+C, the service manager, Windows' break. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
