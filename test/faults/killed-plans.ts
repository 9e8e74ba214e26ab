import { isDeepStrictEqual } from "node:util";

import type { AppliedItem, PlanId } from "@tandem/contracts/domain/plan.ts";

import type { Modes } from "../doubles/zk-terminal/device/modes.ts";
import type { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import type { Random } from "../doubles/zk-terminal/samples/random.ts";
import { spawnTandem } from "../support/built-connector.ts";
import { holdings, named, PlanBench, staff } from "../support/plan-bench.ts";

const PEOPLE = 4;
const DISABLE = 1003;

/** What one kill came to. */
export interface KillReport {
  /** The terminal had answered so many commands of the plan. */
  readonly moment: number;
  /** Whether the process was still at work then. */
  readonly wasKilled: boolean;
  /** What must not be, in words; empty is good. */
  readonly faults: readonly string[];
  /** Items that nothing had become of when the process was killed. */
  readonly unfinished: number;
}

interface World {
  readonly bench: PlanBench;
  /** The terminal that the plan changes. */
  readonly double: ZkTerminal;
  readonly plan: PlanId;
  readonly command: "copy" | "move";
  readonly before: Readonly<Record<string, unknown>>;
  readonly planned: Readonly<Record<string, unknown>>;
}

/** Enrolments of `Gate` that are to come to an empty `Hall`, many in one upload. */
export function bulkWorld(): Promise<World> {
  return copyWorld({});
}

/** The same, to a terminal that takes templates one by one only. */
export function singleWorld(): Promise<World> {
  return copyWorld({ bulkUpload: "unknown" });
}

async function copyWorld(modes: Partial<Modes>): Promise<World> {
  const bench = await PlanBench.open();
  const gate = await bench.terminal("Gate", staff(PEOPLE));
  const double = await bench.terminal("Hall", { modes });
  await bench.hire(PEOPLE);
  const plan = await bench.plan({ from: "Gate", to: ["Hall"] });
  return { bench, double, plan, command: "copy", before: {}, planned: holdings(gate) };
}

/** People of `Hall` with old IDs who are to get their new ones. */
export async function moveWorld(): Promise<World> {
  const bench = await PlanBench.open();
  const double = await bench.terminal("Hall", withCards(staff(PEOPLE)));
  await bench.hire(PEOPLE);
  for (let number = 1; number <= PEOPLE; number++)
    await bench.link(`900${number}`, `HR-EMP-${number}`, { scheme: "new" });
  const { plan } = await bench.services.moves.plan({ terminals: [named("Hall")], people: "all" }, "cli");
  const before = holdings(double);
  const planned = Object.fromEntries(Object.entries(before).map(([userId, held]) => [`900${userId}`, held]));
  return { bench, double, plan, command: "move", before, planned };
}

/** How many commands the plan's own process sends when nobody kills it. */
export async function countCommands(make: () => Promise<World>): Promise<number> {
  const world = await make();
  world.double.commands.clear();
  await runUntil(world, Infinity);
  const sent = world.double.commands.entries().length;
  await world.bench.close();
  return sent;
}

/**
 * Kills the process that applies a plan after so many commands, takes the connector up again, and looks at the terminal
 * at every step. `expired`: the terminal's own time limit frees its reader before anybody is back.
 */
export async function killAt(make: () => Promise<World>, moment: number, expired: boolean): Promise<KillReport> {
  const world = await make();
  const { bench, double, plan, planned } = world;
  const faults = new Set<string>();
  let isWatched = true;
  double.commands.watch(({ command }) => {
    if (isWatched && double.state.enabled && double.hasTwins()) faults.add(`one finger under two IDs after ${command}`);
  });
  try {
    const wasKilled = await runUntil(world, moment);
    await bench.reopen();
    const items = (await bench.services.plans.outcome(plan)).items;
    const unfinished = items.filter(({ result }) => result === null).length;
    for (const fault of unlisted(items, world)) faults.add(fault);
    if (expired) {
      isWatched = false;
      double.state.enable();
    }
    // Whatever is done next with the terminal, what was cut off is settled before: from the first lock on all is well.
    double.commands.watch(({ command }) => {
      if (command === DISABLE) isWatched = true;
    });
    await bench.services.terminals.check(named("Hall"));
    isWatched = true;
    if (double.hasTwins()) faults.add("one finger under two IDs after recovery");
    if (!double.state.enabled) faults.add("left locked after recovery");
    for (const fault of halfDone(holdings(double), world)) faults.add(fault);
    await bench.services.jobs.resume();
    await bench.apply(plan);
    if (!isDeepStrictEqual(sorted(holdings(double)), sorted(planned))) faults.add("not as planned in the end");
    if (!double.state.enabled) faults.add("left locked in the end");
    if ((await bench.sealed()) > 0) faults.add("templates are sealed after the end");
    const left = (await bench.services.plans.outcome(plan)).items.filter(({ result }) => result !== "verified");
    if (left.length > 0) faults.add(`not verified in the end: ${left.map(({ code }) => code).join(" ")}`);
    if (double.violations.length > 0) faults.add("the protocol was broken");
    return { moment, wasKilled, faults: [...faults], unfinished };
  } finally {
    await bench.close();
  }
}

/** Moments spread over the whole plan. */
export function moments(count: number, commands: number, random: Random): readonly number[] {
  return Array.from({ length: count }, () => 1 + random.below(commands));
}

/** Runs the plan in a process of its own; kills it once the terminal has answered so many commands. */
async function runUntil({ bench, double, plan, command }: World, moment: number): Promise<boolean> {
  await bench.shut();
  double.commands.clear();
  const child = spawnTandem(["--home", bench.home, "--json", command, "apply", plan]);
  let answered = 0;
  double.commands.watch(() => {
    answered += 1;
    if (answered === moment) child.kill("SIGKILL");
  });
  const [, signal] = await child.ended;
  if (moment === Infinity) await bench.reopen();
  return signal === "SIGKILL";
}

/** People who are not as planned and yet not on the list of what is unfinished. */
function unlisted(items: readonly AppliedItem[], { double, planned, command }: World): readonly string[] {
  const now = holdings(double);
  return items.flatMap(({ userId, newUserId, result }) => {
    const at = command === "move" ? newUserId : userId;
    const isPlanned = at !== null && isDeepStrictEqual(now[at], planned[at]);
    return isPlanned || result === null ? [] : [`${userId ?? "–"} is ${result} and not as planned`];
  });
}

/** After recovery a moved person is as before or as planned. A copied one may be incomplete until the job goes on. */
function halfDone(now: Readonly<Record<string, unknown>>, { before, planned, command }: World): readonly string[] {
  if (command === "copy") return [];
  return Object.keys(before).flatMap((userId) => {
    const isBefore = isDeepStrictEqual(now[userId], before[userId]) && now[`900${userId}`] === undefined;
    const isPlanned = isDeepStrictEqual(now[`900${userId}`], planned[`900${userId}`]) && now[userId] === undefined;
    return isBefore || isPlanned ? [] : [`${userId} is neither as before nor as planned`];
  });
}

function withCards({ users, templates }: ReturnType<typeof staff>): ReturnType<typeof staff> {
  return { users: users.map((user, at) => ({ ...user, card: 700 + at, group: 3 })), templates };
}

function sorted(held: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(held).sort(([a], [b]) => a.localeCompare(b));
}
