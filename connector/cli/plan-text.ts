import type { AdminReply } from "@tandem/contracts/admin.ts";
import type { CliKey } from "@tandem/contracts/catalogue/en/cli.ts";
import { errorText } from "@tandem/contracts/catalogue/index.ts";
import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import { type AppliedItem, PlanAction, type PlanItem } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Cli } from "./cli.ts";
import { replyError } from "./reply-error.ts";

type Preview = AdminReply<"copy.plan">;
type Outcome = AdminReply<"plans.show">;
type Names = ReadonlyMap<PersonId, string>;

/** What people are called, for whoever reads a table; a JSON document names them by their ID alone. */
export async function namesFor(cli: Cli): Promise<Names> {
  if (cli.json) return new Map();
  const { people } = await cli.ask("people.list", {});
  return new Map(people.map(({ personId, name }) => [personId, name]));
}

/** A preview: who, where, what and why not; then how many of each, what to do about refusals, and how to go on. */
export function previewText(cli: Cli, { plan, kind, items }: Preview, names: Names): string {
  const command = kind === "remove" ? "leavers" : kind;
  const isIdle = items.every(({ reason, action }) => reason !== null || action === "same");
  return [
    table(cli, "column.reason", items, names, (item) =>
      item.reason === null ? "" : told(cli, item.reason, item).text,
    ),
    ...counts(cli, items),
    ...advice(
      cli,
      items.map((item) => ({ item, code: item.reason })),
    ),
    cli.say(isIdle ? "plan.idle" : "plan.made", { plan, command }),
  ].join("\n");
}

/** What became of each item. `failuresAside`: what to do about failures stands with the errors of the same command. */
export function outcomeText(
  cli: Cli,
  { plan, items, done, failed, unfinished }: Outcome,
  names: Names,
  { failuresAside = false } = {},
): string {
  const advised = failuresAside ? items.filter(({ result }) => result !== "failed") : items;
  return [
    table(cli, "column.result", items, names, (item) =>
      [
        cli.say(`plan.result-${item.result ?? "unfinished"}`),
        ...(item.code === null ? [] : [told(cli, item.code, item).text]),
      ].join(": "),
    ),
    ...advice(
      cli,
      advised.map((item) => ({ item, code: item.code })),
    ),
    cli.say("plan.applied", { plan, done, failed, unfinished }),
  ].join("\n");
}

/** Each reason once, however many people it keeps back. */
export function failuresOf(cli: Cli, { items, unfinished, plan }: Outcome): readonly TandemError[] {
  const failed = items.filter(({ result }) => result === "failed");
  const byText = new Map(failed.map((item) => [told(cli, item.code, item).text, errorOf(item.code, item)]));
  const reasons = [...byText.values()];
  return unfinished === 0 ? reasons : [...reasons, new TandemError("plan.unfinished", { plan, unfinished })];
}

function table<T extends PlanItem | AppliedItem>(
  cli: Cli,
  lastColumn: CliKey,
  items: readonly T[],
  names: Names,
  last: (item: T) => string,
): string {
  return cli.table(
    ["column.person", "column.name", "column.userId", "column.terminal", "column.action", "column.fingers", lastColumn],
    items.map((item) => {
      const { personId, userId, newUserId, terminal, action, fingers } = item;
      const name = personId === null ? null : names.get(personId);
      const id = newUserId === null ? userId : `${userId ?? "–"} → ${newUserId}`;
      return [personId, name, id, terminal, cli.say(`plan.action-${action}`), fingers.join(" "), last(item)];
    }),
  );
}

/** One line: each action that occurs, with how often. */
function counts(cli: Cli, items: readonly PlanItem[]): readonly string[] {
  const parts = PlanAction.options.flatMap((action) => {
    const count = items.filter((item) => item.action === action).length;
    return count === 0 ? [] : [`${cli.say(`plan.action-${action}`)}: ${count}`];
  });
  return parts.length === 0 ? [] : [parts.join(" · ")];
}

/** What to do next about each reason, once. */
function advice(cli: Cli, reasons: readonly { item: PlanItem; code: string | null }[]): readonly string[] {
  const lines = reasons.flatMap(({ item, code }) =>
    code === null ? [] : cli.say("plan.advice", { code, next: told(cli, code, item).next }),
  );
  return [...new Set(lines)];
}

function told(cli: Cli, code: string | null, item: PlanItem): { text: string; next: string } {
  const error = errorOf(code, item);
  return errorText(cli.language, error.code, error.details);
}

function errorOf(code: string | null, { details, terminal, userId }: PlanItem): TandemError {
  return replyError(code, { name: terminal, userId, ...details });
}
