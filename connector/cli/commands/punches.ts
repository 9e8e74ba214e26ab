import { writeFile } from "node:fs/promises";

import type { Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { readFileBytes } from "../read-file.ts";

type Import = AdminReply<"punches.import">;

interface ExportOptions {
  readonly out?: string;
}

export function punchCommands(program: Command, cli: () => Cli): void {
  const punches = program.command("punches").description("punches of the ledger");
  punches
    .command("import")
    .description("take punches from a file; importing it again adds nothing")
    .argument("<file>", "*_attlog.dat, AGL_001.TXT, GLG_001.TXT or a CSV")
    .option("--format <format>", "auto|csv|attlog|agl|glg")
    .option("--terminal <name>", "whose punches they are; a new name becomes a terminal known from files only")
    .option("--preview", "only tell what would be stored")
    .option("--through <time>", "until when the file is complete, YYYY-MM-DDTHH:mm:ss")
    .option("--dates <order>", "dmy or mdy, where the file's dates can be read both ways")
    .option("--order <order>", "vendor or push, where the columns of an attlog can be read both ways")
    .option("--id-space <name>", "of a new terminal")
    .option("--zone <iana>", "of a new terminal's clock")
    .option("--direction <rule>", "of a new terminal: in|out|auto|state|parity|alternate|first-last|none")
    .action(async (path: string, options: object) => {
      const input = { ...options, ...(await readFileBytes(path)) };
      await cli().run("punches.import", input, (result) => imported(cli(), result));
    });
  punches
    .command("export")
    .description("write punches for another program")
    .requiredOption("--from <date>", "first day, YYYY-MM-DD")
    .requiredOption("--to <date>", "last day, YYYY-MM-DD")
    .option("--format <format>", "csv|json|attlog")
    .option("--ids <scheme>", "old or new: which IDs of people to write")
    .option("--terminal <name>")
    .option("--separator <sign>", "of a CSV: , or ;")
    .option("--out <file>", "write into a file instead of showing it")
    .action(async ({ out, ...options }: ExportOptions) => {
      const reply = await cli().ask("punches.export", options);
      if (out === undefined) cli().printText(reply.format === "json" ? JSON.parse(reply.text) : reply, reply.text);
      else await save(cli(), out, reply);
    });
  listCommand(punches, cli);
}

function listCommand(punches: Command, cli: () => Cli): void {
  punches
    .command("list")
    .option("--from <date>", "first day, YYYY-MM-DD")
    .option("--to <date>", "last day, YYYY-MM-DD")
    .option("--person <id>")
    .option("--terminal <name>")
    .action((query: object) =>
      cli().run("punches.list", query, (reply) =>
        cli().table(
          [
            "column.terminal",
            "column.userId",
            "column.at",
            "column.count",
            "column.person",
            "column.delivery",
            "column.reason",
            "column.record",
          ],
          reply.punches.map((punch) => [
            punch.terminal,
            punch.userId,
            punch.at ?? punch.raw,
            punch.count,
            punch.personId,
            punch.delivery.state,
            punch.delivery.reason,
            punch.delivery.record,
          ]),
        ),
      ),
    );
}

/** What was or would be stored, then whatever somebody should look at. */
function imported(cli: Cli, result: Import): string {
  const { preview, file, read, added, known, quarantined, rejected, period, future, devices } = result;
  const counts = { file, read, added, known, quarantined, rejected: rejected.length };
  return [
    cli.say(preview ? "punches.previewed" : "punches.imported", counts),
    ...(period === null ? [] : [cli.say("punches.period", { ...period })]),
    ...result.terminals.map(({ terminal, idSpace, isNew }) =>
      cli.say(isNew ? "punches.terminal-new" : "punches.terminal", { terminal, idSpace }),
    ),
    ...(devices.length === 0 ? [] : [cli.say("punches.devices", { devices: devices.join(", ") })]),
    ...(future === 0 ? [] : [cli.say("punches.future", { future })]),
    ...result.warnings.map(({ code, values }) => cli.say(`punches.warning.${code}`, { values: values.join(", ") })),
    ...rejected.map(({ line, raw, reason }) => cli.say("punches.rejected", { line, raw, reason })),
    ...(result.unknownIds.length === 0
      ? []
      : [
          cli.say("punches.unknown-ids"),
          cli.table(
            ["column.space", "column.userId", "column.count"],
            result.unknownIds.map((id) => [id.idSpace, id.userId, id.punches]),
          ),
        ]),
  ].join("\n");
}

/** Errors: `import.not-written`. */
async function save(cli: Cli, file: string, { text, ...counts }: AdminReply<"punches.export">): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw new TandemError("import.not-written", { file }, { cause: error });
  }
  cli.print({ ...counts, file }, () => cli.say("punches.exported", { ...counts, file }));
}
