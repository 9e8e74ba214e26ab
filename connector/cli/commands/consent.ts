import type { Command } from "commander";

import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { idList } from "../id-list.ts";

interface RecordOptions {
  readonly people?: readonly string[];
  readonly all?: boolean;
  readonly kind: string;
  readonly purpose?: string;
  readonly method: string;
  readonly text: string;
  readonly language?: string;
}

interface WithdrawOptions {
  readonly people: readonly string[];
  readonly kind: string;
  readonly purpose?: string;
  readonly why?: string;
}

interface ListOptions {
  readonly person?: string;
  readonly kind?: string;
}

export function consentCommands(program: Command, cli: () => Cli): void {
  const consent = program.command("consent").description("who agreed to the use of fingerprints, faces and photos");
  consent
    .command("record")
    .description("write down that people agreed to a text")
    .option("--people <ids>", "comma separated", idList)
    .option("--all", "everybody who has not left")
    .requiredOption("--kind <kind>", "finger, face or photo")
    .option("--purpose <purpose>", "attendance, door or payroll")
    .requiredOption("--method <method>", "paper, esign or tick")
    .requiredOption("--text <version>", "version of the text they agreed to")
    .option("--language <language>", "of that text: vi or en")
    .action(async ({ people, all, ...rest }: RecordOptions) => {
      if ((people === undefined) === (all !== true)) {
        throw new TandemError("cli.usage", { problem: cli().say("usage.people-or-all") });
      }
      await cli().run("consent.record", { ...rest, people: people ?? "all" }, (counts) =>
        cli().say("consent.recorded", { ...counts }),
      );
    });
  consent
    .command("withdraw")
    .description("write down that people withdrew; sealed copies are destroyed")
    .requiredOption("--people <ids>", "comma separated", idList)
    .requiredOption("--kind <kind>", "finger, face or photo")
    .option("--purpose <purpose>", "attendance, door or payroll")
    .option("--why <text>")
    .action((options: WithdrawOptions) =>
      cli().run("consent.withdraw", options, (counts) => cli().say("consent.withdrawn", { ...counts })),
    );
  consent
    .command("list")
    .option("--person <id>")
    .option("--kind <kind>", "finger, face or photo")
    .action(({ person, kind }: ListOptions) =>
      cli().run("consent.list", { personId: person, kind }, (reply) =>
        cli().table(
          [
            "column.person",
            "column.kind",
            "column.purpose",
            "column.state",
            "column.text",
            "column.method",
            "column.at",
            "column.inForce",
          ],
          reply.consents.map((entry) => [
            entry.personId,
            entry.kind,
            entry.purpose,
            cli().say(entry.action === "given" ? "consent.given" : "consent.ended"),
            entry.text,
            entry.method,
            entry.at,
            cli().say(entry.inForce ? "yes" : "no"),
          ]),
        ),
      ),
    );
}
