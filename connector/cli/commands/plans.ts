import type { Command } from "commander";

import type { PlanKind } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "../cli.ts";
import { idList } from "../id-list.ts";
import { failuresOf, namesFor, outcomeText, previewText } from "../plan-text.ts";
import { wholeNumber } from "../whole-number.ts";

type MakeCommand = "copy.plan" | "move.plan" | "leavers.plan";

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
  readonly after?: number;
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
      await make(cli(), "copy.plan", input);
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
      await make(cli(), "move.plan", input);
    });
  applyCommand(move, cli, "move");

  const leavers = program.command("leavers").description("take people who left off terminals");
  leavers
    .command("plan")
    .description("show who would be removed where; nothing is removed")
    .option("--terminal <names>", "comma separated; all terminals without it", idList)
    .option("--people <ids>", "comma separated; everybody who left without it", idList)
    .option("--after <days>", "days after the last working day", wholeNumber)
    .action(async ({ terminal, people, after }: LeaverOptions) => {
      const input = {
        terminals: terminal ?? [],
        people: people ?? "all",
        ...(after === undefined ? {} : { afterDays: after }),
      };
      await make(cli(), "leavers.plan", input);
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
    .action(async (plan: string) => {
      const outcome = await cli().ask("plans.show", { plan });
      const names = await namesFor(cli());
      cli().print(outcome, () => outcomeText(cli(), outcome, names));
    });
}

async function make(cli: Cli, command: MakeCommand, input: object): Promise<void> {
  const preview = await cli.ask(command, input);
  const names = await namesFor(cli);
  cli.print(preview, () => previewText(cli, preview, names));
}

function applyCommand(parent: Command, cli: () => Cli, kind: PlanKind): void {
  parent
    .command("apply")
    .argument("<plan>")
    .description("do what the plan shows, or try again what failed")
    .action(async (plan: string) => {
      const outcome = await cli().ask("plans.apply", { plan, kind });
      const names = await namesFor(cli());
      cli().report(outcome, failuresOf(cli(), outcome), () =>
        outcomeText(cli(), outcome, names, { failuresAside: true }),
      );
    });
}

function whom(cli: Cli, { people, all }: Whom): readonly string[] | "all" {
  if (people !== undefined && all === true) {
    throw new TandemError("cli.usage", { problem: cli.say("usage.people-or-all") });
  }
  return people ?? "all";
}
