import type { Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { readFileBytes } from "../read-file.ts";
import { replyError } from "../reply-error.ts";
import { warningLines } from "../warning-text.ts";

type Pull = AdminReply<"terminals.pull">;

export function terminalCommands(program: Command, cli: () => Cli): void {
  const terminals = program.command("terminals").description("attendance terminals");
  terminals
    .command("add")
    .description("register a terminal; nothing is sent to it")
    .argument("<name>")
    .requiredOption("--address <url>", "tcp://HOST:PORT or udp://HOST:PORT")
    .option("--comm-key <number>", "communication key set on the terminal")
    .option("--id-space <name>", "terminals that share user IDs share this name")
    .option("--zone <iana>", "time zone of the terminal's clock, e.g. Asia/Ho_Chi_Minh")
    .option("--direction <rule>", "in|out|auto|state|parity|alternate|first-last|none")
    .option("--machine <number>", "machine number, for direction parity")
    .option("--mode <mode>", "shadow (only reads) or active")
    .action(async (name: string, options: object) => {
      await cli().run("terminals.add", { ...options, name }, (row) => cli().say("terminals.added", { name: row.name }));
    });
  terminals
    .command("list")
    .description("registered terminals")
    .action(() => cli().run("terminals.list", {}, (reply) => terminalTable(cli(), reply)));
  terminals
    .command("check")
    .description("ask a terminal who it is, what it holds and what time it has")
    .argument("<name>")
    .action((name: string) => cli().run("terminals.check", { name }, (reply) => facts(cli(), reply)));
  terminals
    .command("pull")
    .description("read the whole log into the ledger")
    .argument("[name]")
    .option("--all", "every terminal")
    .action(async (name: string | undefined, options: { all?: boolean }) => {
      if ((name === undefined) === (options.all !== true)) {
        throw new TandemError("cli.usage", { problem: cli().say("usage.name-or-all") });
      }
      if (name === undefined) await pullAll(cli());
      else await cli().run("terminals.pull", { name }, (pull) => pulled(cli(), pull));
    });
  terminals
    .command("set-clock")
    .description("set the terminal's clock to this PC's time (active mode only)")
    .argument("<name>")
    .action((name: string) => cli().run("terminals.set-clock", { name }, (reply) => clockSet(cli(), reply)));
  terminals
    .command("mode")
    .description("let Tandem change the terminal (active), or only read it (shadow)")
    .argument("<name>")
    .argument("<mode>", "shadow or active")
    .action((name: string, mode: string) =>
      cli().run("terminals.set-mode", { name, mode }, (row) =>
        cli().say(`terminals.mode-${row.mode}`, { name: row.name }),
      ),
    );
  terminals
    .command("remove")
    .description("forget a terminal; its punches stay")
    .argument("<name>")
    .option("--give-up-moves", "the device is gone for good, also where a change of IDs was cut off on it")
    .action((name: string, options: { giveUpMoves?: boolean }) =>
      cli().run("terminals.remove", { ...options, name }, () => cli().say("terminals.removed")),
    );

  const users = program.command("users").description("who is on a terminal");
  users
    .command("list")
    .option("--terminal <name>")
    .option("--file <user.dat>", "a file of a USB stick instead; nothing of it is stored")
    .option("--no-fingers", "do not look which fingers are enrolled, which takes long on a slow terminal")
    .action(async ({ terminal, file, fingers }: { terminal?: string; file?: string; fingers: boolean }) => {
      if (terminal !== undefined && file === undefined)
        await cli().run("users.list", { terminal, fingers }, (reply) => userTable(cli(), reply));
      else if (terminal === undefined && file !== undefined)
        await cli().run("users.list-file", await readFileBytes(file), (reply) => userTable(cli(), reply));
      else throw new TandemError("cli.usage", { problem: cli().say("usage.terminal-or-file") });
    });
}

function userTable(cli: Cli, { users }: AdminReply<"users.list">): string {
  return cli.table(
    ["column.userId", "column.name", "column.card", "column.privilege", "column.group", "column.fingers"],
    users.map(({ userId, withoutId, name, nameRaw, card, privilege, group, fingers }) => [
      withoutId === true ? cli.say("users.without-id") : userId,
      name ?? nameRaw,
      card,
      privilege,
      group,
      fingers.join(" "),
    ]),
  );
}

/** One failed terminal makes the command fail, after the others have been read and printed. */
async function pullAll(cli: Cli): Promise<void> {
  const reply = await cli.ask("terminals.pull-all", {});
  const failures = reply.failed.map(({ terminal, code, details }) => replyError(code, { ...details, name: terminal }));
  cli.report(reply, failures, () =>
    [
      ...reply.pulls.map((pull) => pulled(cli, pull)),
      ...reply.failed.map(({ terminal, code }) => cli.say("terminals.pull-failed", { terminal, code })),
    ].join("\n"),
  );
}

function pulled(cli: Cli, { terminal, read, added, known, quarantined }: Pull): string {
  return cli.say("terminals.pulled", { terminal, read, added, known, quarantined });
}

function clockSet(
  cli: Cli,
  { name, offsetBeforeSeconds, offsetAfterSeconds }: AdminReply<"terminals.set-clock">,
): string {
  const before = offsetBeforeSeconds ?? "–";
  return cli.say("terminals.clock-set", { name, before, after: offsetAfterSeconds });
}

function terminalTable(cli: Cli, { terminals }: AdminReply<"terminals.list">): string {
  const table = cli.table(
    [
      "column.name",
      "column.address",
      "column.serial",
      "column.space",
      "column.zone",
      "column.mode",
      "column.live",
      "column.lastRead",
      "column.lastError",
      "column.daysUntilFull",
    ],
    terminals.map((row) => [
      row.name,
      row.address,
      row.serial,
      row.idSpace,
      row.zone,
      row.mode,
      row.live ? cli.say("yes") : null,
      row.lastReadAt,
      row.lastError?.code,
      row.daysUntilFull,
    ]),
  );
  return [table, ...terminals.flatMap(({ warnings }) => warningLines(cli, warnings))].join("\n");
}

function facts(cli: Cli, reply: AdminReply<"terminals.check">): string {
  const { capacity, warnings, ...rest } = reply;
  const table = cli.table(["column.fact", "column.value"], [...Object.entries(rest), ...Object.entries(capacity)]);
  return [table, ...warningLines(cli, warnings)].join("\n");
}
