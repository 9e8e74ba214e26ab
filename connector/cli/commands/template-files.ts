import type { Command } from "commander";

import type { Cli } from "../cli.ts";
import { readFileBytes } from "../read-file.ts";

interface ImportOptions {
  readonly users: string;
  readonly space: string;
}

/** Stands beside the other commands of the vault. */
export function templateFileCommands(program: Command, cli: () => Cli): void {
  const vault = program.commands.find((command) => command.name() === "vault") ?? program.command("vault");
  vault
    .command("import-templates")
    .description("seal the fingerprints of a USB export, of people who agreed; only where copies are kept")
    .argument("<file>", "template.fp10 or template.dat")
    .requiredOption("--users <user.dat>", "of the same export: it says whose the fingerprints are")
    .requiredOption("--space <id-space>", "of the terminal that the export is from")
    .action(async (path: string, { users, space }: ImportOptions) => {
      const { bytes } = await readFileBytes(users);
      const input = { ...(await readFileBytes(path)), users: bytes, idSpace: space };
      await cli().run("vault.import-templates", input, (result) => {
        const { read, sealed, notNormal, unlinked, withoutConsent } = result;
        return [
          cli().say("vault.templates-imported", { read, sealed, notNormal }),
          ...(unlinked.length === 0 ? [] : [cli().say("vault.templates-unlinked", { ids: unlinked.join(", ") })]),
          ...(withoutConsent.length === 0
            ? []
            : [cli().say("vault.templates-without-consent", { people: withoutConsent.join(", ") })]),
        ].join("\n");
      });
    });
}
