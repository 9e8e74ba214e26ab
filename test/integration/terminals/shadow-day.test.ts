import { tmpdir } from "node:os";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { AdminCommand, AdminInput, AdminReply } from "@tandem/contracts/admin.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { askConnector } from "../../../connector/admin/admin-client.ts";
import { adminSocketPath } from "../../../connector/admin/socket-path.ts";
import { type RunningConnector, startConnector } from "../../../connector/main.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generateTemplates } from "../../doubles/zk-terminal/samples/templates.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

/** All that a terminal in shadow mode may be sent: invariant 3 of the design, word for word. */
const ALLOWED = [1000, 1001, 1102, 11, 50, 64, 69, 1100, 201, 7, 9, 13, 34, 80, 88, 500, 1502, 1503, 1504];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** People with a finger on the terminal at the gate; the last of them has left the company. */
const PEOPLE = 30;
const LEAVER = String(PEOPLE);
/** Whoever has left punches no more: somebody who does is not removed. */
const works = (userId: string): boolean => userId !== LEAVER;
/** Enrolled in the office only. */
const NEWCOMER = String(PEOPLE + 1);
/** Midnight in Vietnam. */
const MIDNIGHT = "2026-11-23T17:00:00.000Z";
/** Turns of the event loop without anything happening, after which nothing more comes by itself. */
const QUIET_TURNS = 8;

const numbers = Array.from({ length: PEOPLE }, (_, at) => String(at + 1));
const terminalFacts = { commKey: 1234, halfOpen: "reset" } as const;

let clock: FakeClock;
let home: Awaited<ReturnType<typeof makeTempFolder>>;
let connector: RunningConnector;
let site: FrappeSite;
/** The terminal in shadow mode; after it moved, also where it stood before. */
let gates: ZkTerminal[];
/** A terminal that Tandem may change, so that there is something to be copied to. */
let office: ZkTerminal;
/** Codes that setting the clock was refused with. */
let refused: string[];
/** What plans would do to the terminal in shadow mode, and what they did. */
let planned: string[];

const gate = (): ZkTerminal => {
  const current = gates.at(-1);
  if (current === undefined) throw new Error("no terminal");
  return current;
};

beforeAll(async () => {
  clock = new FakeClock(MIDNIGHT);
  const now = () => clock.now();
  home = await makeTempFolder();
  const users = numbers.map((userId) => ({ userId, name: `NV ${userId}` }));
  const punches = numbers.filter(works).map((userId) => ({ userId, at: "2026-11-23T17:00:00" }));
  gates = [
    await ZkTerminal.start({
      ...{ host: "127.79.0.1", serial: "SHADOW1", commKey: terminalFacts.commKey, now, users, punches },
      modes: { halfOpen: terminalFacts.halfOpen },
      templates: generateTemplates(
        7,
        numbers.map((_, at) => at + 1),
      ),
    }),
  ];
  const newcomer = { uid: 1, userId: NEWCOMER, name: `NV ${NEWCOMER}` };
  office = await ZkTerminal.start({ serial: "OFFICE1", now, users: [newcomer], templates: generateTemplates(8, [1]) });
  const left = { status: "Left", relieving_date: "2026-10-01" };
  const employees = [...numbers, NEWCOMER].map((number) => ({
    first_name: `NV ${number}`,
    ...(number === LEAVER ? left : {}),
  }));
  site = await FrappeSite.start({ employees, now });
  connector = await startConnector(home.path, 0, clock);
  refused = [];
  planned = [];
});

afterAll(async () => {
  await during(connector.stop());
  await Promise.all([...gates, office].map((device) => device.stop()));
  await site.stop();
  await home.remove();
});

/** What is going on, as a number that stands still when nothing is. */
function activity(): number {
  const commands = [...gates, office].reduce((sum, { commands: log }) => sum + log.codes().length, 0);
  const requests = site.requests.all();
  return commands + requests.length + requests.filter(({ status }) => status !== 0).length;
}

async function settle(): Promise<void> {
  let before = -1;
  for (let quiet = 0; quiet < QUIET_TURNS;) {
    await Promise.all([...gates, office].map((device) => device.idle()));
    await new Promise((resolve) => setImmediate(resolve));
    const now = activity();
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

/** Lets time pass until a piece of work is done: it may wait for a second that the connector gives a terminal. */
async function during<T>(work: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const noted = work.finally(() => (state.isDone = true));
  // Who asked gets the failure from `noted` itself.
  noted.catch(() => undefined);
  for (;;) {
    await settle();
    if (state.isDone) return noted;
    clock.advance(SECOND / 4);
  }
}

function ask<C extends AdminCommand>(command: C, input: AdminInput<C>): Promise<AdminReply<C>> {
  const path = adminSocketPath(home.path, process.platform, tmpdir(), process.getuid?.() ?? 0);
  return during(askConnector(path, command, input));
}

/** Passes time in steps that no time-out of a conversation comes near. */
async function pass(minutes: number): Promise<void> {
  for (let rest = minutes * MINUTE; rest > 0; rest -= 5 * SECOND) {
    clock.advance(5 * SECOND);
    await settle();
  }
}

/** The set-up of a first day. */
async function setUp(): Promise<void> {
  await ask("hr.connect", { kind: "frappe", url: site.origin, apiKey: "hr-key", apiSecret: "hr-secret" });
  await ask("people.sync", {});
  const { people } = await ask("people.list", {});
  for (const [at, { personId }] of people.entries())
    await ask("ids.link", { idSpace: "main", userId: String(at + 1), personId, scheme: "new" });
  const someone = people[0]?.personId ?? "";
  await ask("ids.unlink", { idSpace: "main", userId: "1", personId: someone });
  await ask("ids.link", { idSpace: "main", userId: "1", personId: someone, scheme: "old" });
  await ask("ids.link", { idSpace: "main", userId: "901", personId: someone, scheme: "new" });
  await ask("consent.record", { people: "all", kind: "finger", method: "paper", text: "2026-01" });
  await ask("terminals.add", { name: "Gate 1", address: gate().address, commKey: terminalFacts.commKey });
  await ask("terminals.add", { name: "Office", address: office.address, mode: "active" });
  await ask("terminals.live", { name: "Gate 1", live: true });
}

/** What people and operators do in one hour of a day. */
async function liveThrough(hour: number): Promise<void> {
  const atWork = hour >= 7 && hour < 18;
  for (let quarter = 0; quarter < 4; quarter++) {
    if (atWork)
      for (const userId of numbers.slice(quarter * 5, quarter * 5 + 5).filter(works)) gate().punch({ userId });
    await pass(15);
  }
  await ask("terminals.check", { name: "Gate 1" });
  await ask("terminals.list", {});
  await ask("users.list", { terminal: "Gate 1" });
  if (hour % 3 === 0) {
    await ask("terminals.pull", { name: "Gate 1" });
    await ask("terminals.pull-all", {});
    await ask("terminals.discover", { network: "127.79.0.1/32", port: gate().port });
    await ask("doctor", {});
    await ask("hr.deliver", {});
  }
  if (hour % 6 === 1) gate().restart();
}

/** Everything that writes to terminals, aimed at the one that may not be written to. */
async function tryToWrite(): Promise<void> {
  try {
    await ask("terminals.set-clock", { name: "Gate 1" });
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    refused.push(error.code);
  }
  for (const preview of await plans()) {
    planned.push(...doings(preview).map(({ action, reason }) => `${preview.kind}: ${action} ${reason}`));
    await ask("plans.apply", preview);
  }
}

/** Plans that were made while the terminal might be changed, and are applied when it may not be any more. */
async function tryStalePlans(): Promise<void> {
  await ask("terminals.set-mode", { name: "Gate 1", mode: "active" });
  const previews = await plans();
  await ask("terminals.set-mode", { name: "Gate 1", mode: "shadow" });
  for (const preview of previews) {
    const { items } = await ask("plans.apply", preview);
    planned.push(...doings({ items }).map(({ action, code }) => `${preview.kind}: ${action} ${code}`));
  }
}

async function plans(): Promise<AdminReply<"copy.plan">[]> {
  return [
    await ask("copy.plan", { from: "Office", to: ["Gate 1"], people: "all" }),
    await ask("move.plan", { terminals: ["Gate 1"] }),
    await ask("leavers.plan", { terminals: ["Gate 1"], afterDays: 0 }),
  ];
}

/** Items that would change the terminal. */
function doings<T extends { readonly action: string }>({ items }: { readonly items: readonly T[] }): T[] {
  return items.filter(({ action }) => !["same", "conflict", "incompatible"].includes(action));
}

/** The terminal gets another address, with its memory. */
async function moveHouse(): Promise<void> {
  const before = gate();
  await before.stop();
  gates.push(
    await ZkTerminal.start({
      ...{ host: "127.79.0.2", port: before.port, serial: "SHADOW1", commKey: terminalFacts.commKey },
      ...{ state: before.state, now: () => clock.now(), modes: { halfOpen: terminalFacts.halfOpen } },
    }),
  );
  await ask("terminals.move-address", { name: "Gate 1", address: gate().address });
}

describe("A terminal in shadow mode, over a day of everything", () => {
  it("is sent nothing but the reading commands of invariant 3", async () => {
    await setUp();
    for (let hour = 0; hour < 24; hour++) {
      await liveThrough(hour);
      if (hour === 9) {
        const plan = await ask("copy.plan", { from: "Gate 1", to: ["Office"], people: "all", cards: true });
        expect(await ask("plans.apply", { plan: plan.plan, kind: "copy" })).toMatchObject({ failed: 0, unfinished: 0 });
      }
      if (hour === 10) await tryToWrite();
      if (hour === 13) await moveHouse();
      if (hour === 15) await tryStalePlans();
      if (hour === 20) await tryToWrite();
    }

    const counts: Record<number, number> = {};
    for (const code of gates.flatMap(({ commands }) => commands.codes())) counts[code] = (counts[code] ?? 0) + 1;
    const outside = Object.keys(counts).filter((code) => !ALLOWED.includes(Number(code)));
    // On a failure this prints how many commands of each kind there were.
    const told = Object.entries(counts).map(([code, count]) => `${code} × ${count}`);
    expect(outside.length === 0 ? [] : [`outside: ${outside.join(", ")}`, ...told]).toEqual([]);

    // The day was a full one: every few minutes a read, listening in between, keys, checks, fingerprints, refusals.
    expect(counts[1503]).toBeGreaterThanOrEqual(24 * 12);
    expect(counts[500]).toBeGreaterThanOrEqual(24);
    for (const used of [1000, 1001, 1102, 11, 50, 1100, 201, 1502]) expect(counts[used]).toBeGreaterThan(24);
    expect(refused).toEqual(["terminal.shadow-mode", "terminal.shadow-mode"]);
    const attempts = ["copy: refused", "move: refused", "remove: refused"];
    const stale = ["copy: add", "move: move", "remove: remove"];
    expect(planned).toEqual([...attempts, ...stale, ...attempts].map((attempt) => `${attempt} terminal.shadow-mode`));
    expect(gates.flatMap(({ violations }) => violations)).toEqual([]);
    const { terminals } = await ask("terminals.list", {});
    expect(terminals).toMatchObject([
      { name: "Gate 1", mode: "shadow", live: true, lastError: null },
      { name: "Office" },
    ]);
    expect(await ask("punches.list", {})).toHaveProperty("punches.length", gate().state.punches.count);
  }, 300_000);
});
