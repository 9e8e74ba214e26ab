import type { Command } from "commander";

import type { Cli } from "../cli.ts";
import { readCsvFile } from "../read-file.ts";

interface LinkOptions {
  readonly space: string;
  readonly user: string;
  readonly person: string;
  readonly scheme?: string;
  readonly from?: string;
  readonly to?: string;
  readonly why?: string;
}

export function peopleCommands(program: Command, cli: () => Cli): void {
  const people = program.command("people").description("people of the HR app");
  people
    .command("import")
    .description("person_id,name,department,branch,status,joined,left")
    .argument("<file.csv>")
    .action(async (path: string) =>
      cli().run("people.import", await readCsvFile(path), (counts) => cli().say("people.imported", { ...counts })),
    );
  people
    .command("sync")
    .description("take over the HR site's people")
    .action(() => cli().run("people.sync", {}, (counts) => cli().say("people.synced", { ...counts })));
  people.command("list").action(() =>
    cli().run("people.list", {}, (reply) =>
      cli().table(
        ["column.person", "column.name", "column.department", "column.status", "column.userId"],
        reply.people.map((person) => [person.personId, person.name, person.department, person.status, person.deviceId]),
      ),
    ),
  );

  const ids = program.command("ids").description("which ID on which terminals means whom");
  ids
    .command("import")
    .description("id_space,user_id,person_id,scheme,valid_from,valid_to")
    .argument("<file.csv>")
    .action(async (path: string) =>
      cli().run("ids.import", await readCsvFile(path), (counts) => cli().say("ids.imported", { ...counts })),
    );
  named(ids.command("link"))
    .option("--scheme <scheme>", "old or new")
    .option("--from <date>", "first day, YYYY-MM-DD")
    .option("--to <date>", "last day, YYYY-MM-DD")
    .option("--why <text>")
    .action((options: LinkOptions) => {
      const { space, user, person, scheme, from, to, why } = options;
      const input = { idSpace: space, userId: user, personId: person, scheme, validFrom: from, validTo: to, why };
      return cli().run("ids.link", input, (link) => cli().say("ids.linked", { ...link }));
    });
  named(ids.command("unlink"))
    .option("--why <text>")
    .action((options: LinkOptions) => {
      const { space, user, person, why } = options;
      const input = { idSpace: space, userId: user, personId: person, why };
      return cli().run("ids.unlink", input, (reply) => cli().say("ids.unlinked", { ...reply }));
    });
  ids.command("list").action(() =>
    cli().run("ids.list", {}, (reply) =>
      cli().table(
        ["column.space", "column.userId", "column.person", "column.scheme", "column.from", "column.to"],
        reply.links.map((link) => [
          link.idSpace,
          link.userId,
          link.personId,
          link.scheme,
          link.validFrom,
          link.validTo,
        ]),
      ),
    ),
  );
}

function named(command: Command): Command {
  return command
    .requiredOption("--space <id-space>")
    .requiredOption("--user <user-id>", "the ID on the terminal")
    .requiredOption("--person <person-id>", "the HR app's ID of the person");
}
