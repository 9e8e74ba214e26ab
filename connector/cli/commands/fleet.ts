import { Argument, type Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";

import type { Cli } from "../cli.ts";

type Found = AdminReply<"terminals.discover">["found"][number];

/** Commands about terminals wherever they are; they stand beside those about one terminal, under `terminals`. */
export function fleetCommands(program: Command, cli: () => Cli): void {
  const terminals = program.commands.find((command) => command.name() === "terminals") ?? program.command("terminals");
  terminals
    .command("discover")
    .description("look for terminals on a network of yours; they are only asked who they are")
    .argument("<network>", "for example 192.168.1.0/24; at most a /22")
    .option("--port <number>", "4370 unless told otherwise")
    .option("--follow", "take over the new address of a registered terminal, known by its serial number")
    .action((network: string, options: object) =>
      cli().run("terminals.discover", { ...options, network }, (reply) => table(cli(), reply.found)),
    );
  terminals
    .command("live")
    .description("hear of punches at once; takes the terminal's one connection from other software")
    .argument("<name>")
    .addArgument(new Argument("<switch>").choices(["on", "off"]))
    .action((name: string, to: string) =>
      cli().run("terminals.live", { name, live: to === "on" }, ({ live }) =>
        cli().say(live ? "terminals.live-on" : "terminals.live-off", { name }),
      ),
    );
  terminals
    .command("move-address")
    .description("give a terminal another address, after its serial number has answered there")
    .argument("<name>")
    .requiredOption("--address <url>", "tcp://HOST:PORT or udp://HOST:PORT")
    .action((name: string, options: object) =>
      cli().run("terminals.move-address", { ...options, name }, (row) =>
        cli().say("terminals.moved", { name: row.name, address: row.address ?? "–" }),
      ),
    );
}

function table(cli: Cli, found: readonly Found[]): string {
  return cli.table(
    [
      "column.address",
      "column.state",
      "column.serial",
      "column.model",
      "column.firmware",
      "column.name",
      "column.onRecord",
    ],
    found.map(({ address, state, serial, model, firmware, known }) => [
      address,
      state,
      serial,
      model,
      firmware,
      known?.name,
      known?.followed === true ? address : known?.address,
    ]),
  );
}
