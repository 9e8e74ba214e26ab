import type { Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { replyError } from "../reply-error.ts";

export function connectorCommands(program: Command, cli: () => Cli): void {
  program
    .command("status")
    .description("numbers of the running connector")
    .action(() => cli().run("status", {}, (status) => cli().say("status.line", { ...status })));
  program
    .command("pair")
    .description("open pairing for one browser")
    .action(() =>
      cli().run("pair", {}, ({ code }) =>
        [cli().say("pair.code", { code: spaced(code) }), cli().say("pair.until")].join("\n"),
      ),
    );
  program
    .command("doctor")
    .description("find what is wrong with this PC, the HR site and the terminals")
    .action(async () => {
      const reply = await cli().ask("doctor", {});
      const failed = reply.findings.filter(({ ok }) => !ok);
      cli().report(reply, failed.map(findingError), () => findingTable(cli(), reply));
    });

  const clients = program.command("clients").description("paired browsers");
  clients.command("list").action(() => cli().run("clients.list", {}, (reply) => clientTable(cli(), reply)));
  clients
    .command("revoke")
    .argument("<client-id>")
    .action((clientId: string) => cli().run("clients.revoke", { clientId }, () => cli().say("clients.revoked")));

  const jobs = program.command("jobs").description("long work");
  jobs.command("list").action(() =>
    cli().run("jobs.list", {}, (reply) =>
      cli().table(
        ["column.job", "column.kind", "column.state", "column.created"],
        reply.jobs.map((job) => [job.id, job.kind, job.state, job.createdAt]),
      ),
    ),
  );
  jobs
    .command("show")
    .argument("<id>")
    .action((id: string) =>
      cli().run("jobs.show", { id }, (job) =>
        cli().table(
          ["column.item", "column.state", "column.result", "column.details"],
          job.items.map((item) => [item.key, item.state, JSON.stringify(item.result), item.error?.code]),
        ),
      ),
    );
  jobs
    .command("retry")
    .argument("<id>")
    .action((id: string) => cli().run("jobs.retry", { id }, ({ jobId }) => cli().say("jobs.retried", { jobId })));
  jobs
    .command("cancel")
    .argument("<id>")
    .action((id: string) => cli().run("jobs.cancel", { id }, ({ jobId }) => cli().say("jobs.cancelled", { jobId })));

  const audit = program.command("audit").description("the audit log");
  audit
    .command("verify")
    .description("whether the log is as it was written")
    .action(async () => {
      const verdict = await cli().ask("audit.verify", {});
      const broken = verdict.ok ? [] : [new TandemError("store.audit-broken", { seq: verdict.brokenAt })];
      cli().report(verdict, broken, () => cli().say(verdict.ok ? "audit.ok" : "audit.checked", { ...verdict }));
    });
}

function findingError({ code, details }: Finding): TandemError {
  return replyError(code, details);
}

/** Two groups of five are easier to carry over. */
function spaced(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

type Finding = AdminReply<"doctor">["findings"][number];

function findingTable(cli: Cli, { findings }: AdminReply<"doctor">): string {
  return cli.table(
    ["column.check", "column.result", "column.details"],
    findings.map(({ id, ok, code, details }) => [
      id,
      ok ? cli.say("doctor.ok") : code,
      Object.entries(details)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(" "),
    ]),
  );
}

function clientTable(cli: Cli, { clients }: AdminReply<"clients.list">): string {
  return cli.table(
    ["column.client", "column.name", "column.origin", "column.words", "column.paired", "column.revoked"],
    clients.map((client) => [
      client.clientId,
      client.label,
      client.origin,
      client.fingerprint,
      client.pairedAt,
      client.revokedAt,
    ]),
  );
}
