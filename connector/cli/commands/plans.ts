import type { Command } from "commander";

import type { AdminReply } from "@tandem/contracts/admin.ts";
import { errorText } from "@tandem/contracts/catalogue/index.ts";
import type { AppliedItem, PlanItem, PlanKind } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { idList } from "../id-list.ts";
import { replyError } from "../reply-error.ts";

type Preview = AdminReply<"copy.plan">;
type Outcome = AdminReply<"plans.show">;

interface Whom {
  readonly people?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

interface CopyOptions extends Whom {
  readonly from: string;
  readonly to: readonly string[];
  readonly cards?: boolean;
  readonly passwords?: boolean;
  readonly fingers: boolean;
}

interface MoveOptions extends Whom {
  readonly terminal: readonly string[];
}

interface LeaverOptions extends Whom {
  readonly terminal?: readonly string[];
  readonly after?: string;
}

export function planCommands(program: Command, cli: () => Cli): void {
  const copy = program.command("copy").description("bring people to other terminals with their fingerprints");
  copy
    .command("plan")
    .description("compare terminals and show what a copy would do; nothing is written")
    .requiredOption("--from <name>", "a terminal, or vault for the kept copies")
    .requiredOption("--to <names>", "terminals, comma separated", idList)
    .option("--people <ids>", "comma separated", idList)
    .option("--all", "everybody on the terminal to copy from")
    .option("--cards", "copy card numbers too")
    .option("--passwords", "copy passwords too")
    .option("--no-fingers", "copy names (and cards) only")
    .action(async ({ people, all, ...rest }: CopyOptions) => {
      const input = { ...rest, people: whom(cli(), { people, all }) };
      await cli().run("copy.plan", input, (preview) => shown(cli(), preview));
    });
  applyCommand(copy, cli, "copy");

  const move = program.command("move").description("give people their new ID on terminals, with their fingerprints");
  move
    .command("plan")
    .description("show who would move from which ID to which; nothing is written")
    .requiredOption("--terminal <names>", "comma separated", idList)
    .option("--people <ids>", "comma separated", idList)
    .option("--all", "everybody who has an old ID")
    .action(async ({ terminal, people, all }: MoveOptions) => {
      const input = { terminals: terminal, people: whom(cli(), { people, all }) };
      await cli().run("move.plan", input, (preview) => shown(cli(), preview));
    });
  applyCommand(move, cli, "move");

  const leavers = program.command("leavers").description("take people who left off terminals");
  leavers
    .command("plan")
    .description("show who would be removed where; nothing is removed")
    .option("--terminal <names>", "comma separated; all terminals without it", idList)
    .option("--people <ids>", "comma separated; everybody who left without it", idList)
    .option("--after <days>", "days after the last working day")
    .action(async ({ terminal, people, after }: LeaverOptions) => {
      const input = {
        terminals: terminal ?? [],
        people: people ?? "all",
        ...(after === undefined ? {} : { afterDays: after }),
      };
      await cli().run("leavers.plan", input, (preview) => shown(cli(), preview));
    });
  applyCommand(leavers, cli, "remove");

  const plans = program.command("plans").description("plans for terminals, and what became of them");
  plans
    .command("list")
    .description("newest first")
    .action(() =>
      cli().run("plans.list", {}, (reply) =>
        cli().table(
          [
            "column.plan",
            "column.kind",
            "column.createdAt",
            "column.items",
            "column.done",
            "column.failed",
            "column.unfinished",
          ],
          reply.plans.map((row) => [
            row.plan,
            cli().say(`plan.kind-${row.kind}`),
            row.createdAt,
            row.items,
            row.done,
            row.failed,
            row.unfinished,
          ]),
        ),
      ),
    );
  plans
    .command("show")
    .argument("<plan>")
    .description("what became of each person")
    .action((plan: string) => cli().run("plans.show", { plan }, (outcome) => applied(cli(), outcome)));
}

function applyCommand(parent: Command, cli: () => Cli, kind: PlanKind): void {
  parent
    .command("apply")
    .argument("<plan>")
    .description("do what the plan shows, or try again what failed")
    .action(async (plan: string) => {
      const outcome = await cli().ask("plans.apply", { plan, kind });
      cli().report(outcome, failuresOf(outcome), () => applied(cli(), outcome));
    });
}

function whom(cli: Cli, { people, all }: Whom): readonly string[] | "all" {
  if (people !== undefined && all === true) {
    throw new TandemError("cli.usage", { problem: cli.say("usage.people-or-all") });
  }
  return people ?? "all";
}

/** Each reason once, however many people it keeps back. */
function failuresOf({ items, unfinished, plan }: Outcome): readonly TandemError[] {
  const failed = items.filter(({ result }) => result === "failed");
  const byCode = new Map(failed.map((item) => [`${item.terminal} ${item.code ?? ""}`, item]));
  const reasons = [...byCode.values()].map(({ code, terminal, userId, details }) =>
    replyError(code, { name: terminal, userId, ...details }),
  );
  return unfinished === 0 ? reasons : [...reasons, new TandemError("plan.unfinished", { plan, unfinished })];
}

function shown(cli: Cli, { plan, kind, items }: Preview): string {
  return [
    table(cli, items, (item) => (item.reason === null ? "" : reasonText(cli, item.reason, item))),
    cli.say("plan.made", { plan, command: kind === "remove" ? "leavers" : kind }),
  ].join("\n");
}

function applied(cli: Cli, { plan, items, done, failed, unfinished }: Outcome): string {
  return [
    table(cli, items, (item) =>
      [
        cli.say(`plan.result-${item.result ?? "unfinished"}`),
        ...(item.code === null ? [] : [reasonText(cli, item.code, item)]),
      ].join(": "),
    ),
    cli.say("plan.applied", { plan, done, failed, unfinished }),
  ].join("\n");
}

function table<T extends PlanItem | AppliedItem>(cli: Cli, items: readonly T[], last: (item: T) => string): string {
  return cli.table(
    ["column.person", "column.userId", "column.terminal", "column.action", "column.fingers", "column.result"],
    items.map((item) => {
      const { personId, userId, newUserId, terminal, action, fingers } = item;
      const id = newUserId === null ? userId : `${userId ?? "–"} → ${newUserId}`;
      return [personId, id, terminal, cli.say(`plan.action-${action}`), fingers.join(" "), last(item)];
    }),
  );
}

function reasonText(cli: Cli, code: string, { details, terminal, userId }: PlanItem): string {
  const error = replyError(code, { name: terminal, userId, ...details });
  return errorText(cli.language, error.code, error.details).text;
}
