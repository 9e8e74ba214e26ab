import type { Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";

import { firstFailure } from "../../hr/first-failure.ts";
import type { Cli } from "../cli.ts";

type Check = AdminReply<"hr.check">;

export function hrCommands(program: Command, cli: () => Cli): void {
  const hr = program.command("hr").description("the HR site");
  hr.command("connect")
    .description("check an HR site and keep its sealed credentials")
    .argument("<kind>", "frappe")
    .requiredOption("--url <url>", "as in the browser, e.g. https://hr.company.vn")
    .requiredOption("--api-key <key>")
    .requiredOption("--api-secret <secret>")
    .option("--zone <iana>", "time zone of the HR site")
    .action(async (kind: string, options: object) => {
      const input = { ...options, kind };
      showCheck(cli(), await cli().ask("hr.connect", input), true);
    });
  hr.command("check")
    .description("prove every right that delivery needs")
    .action(async () => showCheck(cli(), await cli().ask("hr.check", {}), false));
  hr.command("deliver")
    .description("send what waits")
    .action(() => cli().run("hr.deliver", {}, (result) => cli().say("hr.delivered", { ...result })));
  hr.command("status").action(() =>
    cli().run("hr.status", {}, (reply) =>
      [
        cli().table(
          ["column.origin", "column.name", "column.zone", "column.check"],
          reply.sites.map((site) => [site.origin, site.user, site.zone, site.version]),
        ),
        cli().say("hr.waiting", { quarantined: reply.quarantined, undelivered: reply.undelivered }),
      ].join("\n"),
    ),
  );
}

/** A check that is not ok is the command's failure; its findings are printed all the same. */
function showCheck(cli: Cli, check: Check, connected: boolean): void {
  const failure = firstFailure(check);
  cli.report(check, failure === null ? [] : [failure], () => {
    const isNew = connected && failure === null;
    const done = isNew ? [cli.say("hr.connected", { origin: check.origin, user: check.user })] : [];
    return [findings(cli, check), ...done].join("\n");
  });
}

function findings(cli: Cli, check: Check): string {
  return cli.table(
    ["column.check", "column.result", "column.details"],
    check.findings.map(({ id, ok, code, details }) => [
      id,
      ok === null ? "?" : cli.say(ok ? "yes" : "no"),
      [code, ...Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`)]
        .filter(Boolean)
        .join(" "),
    ]),
  );
}
