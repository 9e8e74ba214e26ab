import { Argument, type Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";

import type { Cli } from "../cli.ts";
import { idList } from "../id-list.ts";
import { printable } from "../printable.ts";
import { readInput } from "../read-input.ts";

interface SwitchOptions {
  readonly yes?: boolean;
}

export function vaultCommands(program: Command, cli: () => Cli): void {
  const vault = program.command("vault").description("what is sealed on this PC, and its keys");
  vault
    .command("status")
    .description("how much is sealed, and the switches")
    .action(() => cli().run("vault.status", {}, (status) => statusText(cli(), status)));
  vault
    .command("recovery-key")
    .description("make the recovery key and show it, once; print it and lock it away")
    .action(() =>
      cli().run("vault.recovery-key", {}, ({ recoveryKey }) =>
        [recoveryKey, cli().say("vault.recovery-key")].join("\n"),
      ),
    );
  vault
    .command("restore-key")
    .description("put a lost key file back; reads the recovery key from standard input")
    .action(() => restore(cli()));
  vault
    .command("keep")
    .description("whether fingerprints are kept sealed, so that a terminal added later needs nobody's finger")
    .addArgument(new Argument("<switch>").choices(["on", "off"]))
    .option("--yes", "destroy the kept copies when switching off")
    .action((to: string, { yes }: SwitchOptions) =>
      cli().run("vault.keep", { on: to === "on", confirmed: yes === true }, ({ on, destroyed }) =>
        cli().say(on ? "vault.keep-on" : "vault.keep-off", { destroyed }),
      ),
    );
  vault
    .command("erase")
    .description("destroy the sealed data of people and the keys to them; terminals keep what they hold")
    .requiredOption("--people <ids>", "comma separated", idList)
    .action((options: { readonly people: readonly string[] }) =>
      cli().run("vault.erase", options, (erased) => cli().say("vault.erased", { ...erased })),
    );

  program
    .command("biometrics")
    .description("whether this site uses fingerprints, faces and photos at all")
    .addArgument(new Argument("<switch>").choices(["on", "off"]))
    .option("--yes", "destroy everything sealed when switching off")
    .action((to: string, { yes }: SwitchOptions) =>
      cli().run("vault.biometrics", { on: to === "on", confirmed: yes === true }, ({ on, destroyed }) =>
        cli().say(on ? "biometrics.on" : "biometrics.off", { destroyed }),
      ),
    );
}

/** Without a key file no connector can open the data folder, so this command does its work itself. */
async function restore(cli: Cli): Promise<void> {
  const text = await readInput(() => process.stderr.write(printable(cli.say("vault.type-key"))));
  const { restoreMasterKeyIn } = await import("../../main.ts");
  await restoreMasterKeyIn(cli.home, text);
  cli.print({ restored: true }, () => cli.say("vault.restored"));
}

function statusText(cli: Cli, status: AdminReply<"vault.status">): string {
  const { sealed, kept, expiring, people } = status;
  return [
    cli.say("vault.sealed", { sealed, kept, expiring, people }),
    cli.say(status.keepCopies ? "vault.keeps" : "vault.keeps-not"),
    cli.say(status.noBiometrics ? "vault.biometrics-off" : "vault.biometrics-on"),
    cli.say(status.recoveryKey ? "vault.has-recovery-key" : "vault.has-no-recovery-key"),
  ].join("\n");
}
