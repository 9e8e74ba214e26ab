import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import type { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobItem, JobView } from "@tandem/contracts/domain/job.ts";
import { PlanId } from "@tandem/contracts/domain/plan.ts";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { Command } from "../../doubles/zk-terminal/wire/codes.ts";
import { holdings, results, staff, summary } from "../../support/plan-bench.ts";
import { ConnectorBench } from "../../support/running-connector.ts";

const PEOPLE = "person_id,name,department,branch,status,joined,left\n";

let bench: ConnectorBench;
let gate: ZkTerminal;
let hall: ZkTerminal;

beforeEach(async () => {
  bench = await ConnectorBench.start();
  gate = await ZkTerminal.start({ serial: "Gate", ...staff(2) });
  hall = await ZkTerminal.start({ serial: "Hall" });
  for (const [name, { address }] of [["Gate", gate] as const, ["Hall", hall] as const])
    await bench.admin("terminals.add", { name, address, mode: "active" });
  await hire("HR-EMP-1,Lan,,,active,2020-01-01,", "HR-EMP-2,Bình,,,active,2020-01-01,");
  for (const userId of ["1", "2"])
    await bench.admin("ids.link", { idSpace: "main", userId, personId: `HR-EMP-${userId}`, scheme: "old" });
});

afterEach(async () => {
  await bench.stop();
  await bench.remove();
  await Promise.all([gate.stop(), hall.stop()]);
});

async function hire(...rows: readonly string[]): Promise<void> {
  await bench.admin("people.import", { file: "people.csv", text: `${PEOPLE}${rows.join("\n")}\n` });
}

const TICK = { people: "all", kind: "finger", method: "tick", text: "2026-01", language: "vi" };

/** Runs a job to its end and gives its items. */
async function work(body: object): Promise<readonly JobItem[]> {
  const { jobId } = await bench.ask("jobs.start", { body });
  return (await ended(jobId)).items;
}

async function ended(jobId: JobId): Promise<JobView> {
  for (;;) {
    // Over the admin channel, which does not count requests.
    const { state } = await bench.admin("jobs.show", { id: jobId });
    if (["done", "failed", "cancelled"].includes(state)) {
      return bench.ask("jobs.get", { params: { id: jobId } });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Makes a plan in a job, as the HR page does, and gives its number. */
async function make(body: object): Promise<PlanId> {
  const [item] = await work(body);
  return PlanId.parse(item?.result?.["plan"]);
}

const copy = (request: object = {}) => ({
  kind: "plans.make-copy",
  request: { from: "Gate", to: ["Hall"], ...request },
});

describe("plans over the API", () => {
  it("are previewed in a job, applied in another, and say what became of each person", async () => {
    await bench.ask("consents.record", { body: TICK });
    const plan = await make(copy());
    const preview = await bench.ask("plans.get", { params: { plan } });
    expect(summary(preview.items)).toEqual(["1 Hall: add", "2 Hall: add"]);
    expect(preview).toMatchObject({ plan, kind: "copy", done: 0, failed: 0, unfinished: 2 });
    expect(holdings(hall)).toEqual({});
    expect(await work({ kind: "plans.apply", plan })).toMatchObject([{ state: "done", result: { terminal: "Hall" } }]);
    const applied = await bench.ask("plans.get", { params: { plan } });
    expect(results(applied.items)).toEqual(["1 Hall: verified", "2 Hall: verified"]);
    expect(holdings(hall)).toEqual(holdings(gate));
    expect((await bench.ask("plans.list")).plans).toMatchObject([
      { plan, kind: "copy", actor: `client:${bench.client.clientId}`, items: 2, done: 2, failed: 0, unfinished: 0 },
    ]);
  });

  it("move people to their new IDs", async () => {
    await bench.ask("consents.record", { body: TICK });
    await bench.ask("ids.link", { body: { idSpace: "main", userId: "101", personId: "HR-EMP-1", scheme: "new" } });
    const plan = await make({ kind: "plans.make-move", request: { terminals: ["Gate"], people: ["HR-EMP-1"] } });
    expect((await bench.ask("plans.get", { params: { plan } })).items).toMatchObject([
      { userId: "1", newUserId: "101", action: "move", result: null },
    ]);
    await work({ kind: "plans.apply", plan });
    expect(Object.keys(holdings(gate)).sort()).toEqual(["101", "2"]);
  });

  it("take people who left off terminals, and nobody else", async () => {
    await hire("HR-EMP-1,Lan,,,active,2020-01-01,", "HR-EMP-2,Bình,,,left,2020-01-01,2026-01-31");
    const plan = await make({ kind: "plans.make-removal", request: {} });
    const { kind, items } = await bench.ask("plans.get", { params: { plan } });
    expect([kind, ...summary(items)]).toEqual(["remove", "2 Gate: remove"]);
    await work({ kind: "plans.apply", plan });
    expect(Object.keys(holdings(gate))).toEqual(["1"]);
  });

  it("fail in their job when they cannot be made, with the reason", async () => {
    const failed = async (body: object) => (await work(body)).map(({ state, error }) => [state, error?.code]);
    expect(await failed(copy({ people: ["HR-EMP-404"] }))).toEqual([["failed", "plan.no-people"]]);
    expect(await failed(copy({ to: ["Gate"] }))).toEqual([["failed", "plan.same-terminal"]]);
    await gate.stop();
    expect(await failed(copy())).toEqual([["failed", "terminal.unreachable"]]);
    expect(await bench.ask("plans.list")).toEqual({ plans: [] });
  });

  it.each([
    ["a copy from an unknown terminal", copy({ from: "Nowhere" }), "terminal.unknown"],
    ["a copy to an unknown terminal", copy({ to: ["Hall", "Nowhere"] }), "terminal.unknown"],
    [
      "a move on an unknown terminal",
      { kind: "plans.make-move", request: { terminals: ["Nowhere"] } },
      "terminal.unknown",
    ],
    [
      "a removal on an unknown terminal",
      { kind: "plans.make-removal", request: { terminals: ["Nowhere"] } },
      "terminal.unknown",
    ],
    ["an unknown plan", { kind: "plans.apply", plan: "P-0404" }, "plan.unknown"],
    ["a number that is no plan", { kind: "plans.apply", plan: "404" }, "request.invalid"],
    ["a copy to no terminal", copy({ to: [] }), "request.invalid"],
    ["a copy of no people", copy({ people: [] }), "request.invalid"],
    ["a copy without a source", { kind: "plans.make-copy", request: { to: ["Hall"] } }, "request.invalid"],
    ["a removal with an empty delay", { kind: "plans.make-removal", request: { afterDays: "" } }, "request.invalid"],
    ["a removal before somebody left", { kind: "plans.make-removal", request: { afterDays: -1 } }, "request.invalid"],
  ])("refuse %s at once, and start no job", async (_, body, code) => {
    expect(await bench.refusal("jobs.start", { body })).toBe(code);
    expect(await bench.ask("jobs.list")).toEqual({ jobs: [] });
  });

  it.each([
    ["a copy", copy()],
    ["a move", { kind: "plans.make-move", request: { terminals: ["Gate"] } }],
    ["a removal", { kind: "plans.make-removal", request: { terminals: ["Gate"] } }],
  ])("stop while %s is previewed, and then there is none", async (_, body) => {
    gate.set({ silentOn: [Command.bufferedRead] });
    const asked = gate.commands.next(Command.bufferedRead);
    const { jobId } = await bench.ask("jobs.start", { body });
    await asked;
    await bench.ask("jobs.cancel", { params: { id: jobId } });
    expect(await ended(jobId)).toMatchObject({ state: "cancelled", items: [{ state: "cancelled" }] });
    expect(await bench.ask("plans.list")).toEqual({ plans: [] });
  });

  it("need no HR site: a copy goes from terminal to terminal", async () => {
    expect(await bench.ask("hr.sites")).toEqual({ sites: [] });
    expect(await work(copy({ fingers: false }))).toMatchObject([{ state: "done", result: { items: 2 } }]);
  });

  it("that nobody made are unknown", async () => {
    expect(await bench.refusal("plans.get", { params: { plan: "P-0404" } })).toBe("plan.unknown");
    expect(await bench.refusal("plans.get", { params: { plan: "404" } })).toBe("request.invalid");
  });
});

describe("consents over the API", () => {
  it("are recorded as a tick, listed and withdrawn", async () => {
    expect(await bench.ask("consents.record", { body: TICK })).toEqual({ recorded: 2, same: 0 });
    expect(await bench.ask("consents.record", { body: TICK })).toEqual({ recorded: 0, same: 2 });
    const withdrawal = { people: ["HR-EMP-2"], kind: "finger", why: "muốn dùng thẻ" };
    expect(await bench.ask("consents.withdraw", { body: withdrawal })).toEqual({ withdrawn: 1, none: 0, erased: 0 });
    const actor = `client:${bench.client.clientId}`;
    expect((await bench.ask("consents.list", { query: "?personId=HR-EMP-2&kind=finger" })).consents).toMatchObject([
      { personId: "HR-EMP-2", action: "given", method: "tick", text: "2026-01", inForce: false, actor },
      { personId: "HR-EMP-2", action: "withdrawn", why: "muốn dùng thẻ", inForce: false, actor },
    ]);
    expect((await bench.ask("consents.list")).consents.filter(({ inForce }) => inForce)).toMatchObject([
      { personId: "HR-EMP-1" },
    ]);
  });

  it("withdrawn since the preview keep a finger where it is", async () => {
    await bench.ask("consents.record", { body: TICK });
    const plan = await make(copy());
    await bench.ask("consents.withdraw", { body: { people: ["HR-EMP-2"], kind: "finger" } });
    await work({ kind: "plans.apply", plan });
    const { items } = await bench.ask("plans.get", { params: { plan } });
    expect(results(items)).toEqual(["1 Hall: verified", "2 Hall: failed consent.missing"]);
  });

  it.each([
    ["of an unknown person", { ...TICK, people: ["HR-EMP-1", "HR-EMP-404"] }, "people.unknown"],
    ["of nobody", { ...TICK, people: [] }, "request.invalid"],
    ["by word of mouth", { ...TICK, method: "spoken" }, "request.invalid"],
    ["to no text", { ...TICK, text: " " }, "request.invalid"],
  ])("%s are refused, and none is recorded", async (_, body, code) => {
    expect(await bench.refusal("consents.record", { body })).toBe(code);
    expect(await bench.ask("consents.list")).toEqual({ consents: [] });
  });

  it("are not recorded where biometrics are switched off, and can be withdrawn all the same", async () => {
    await bench.ask("consents.record", { body: TICK });
    await bench.admin("vault.biometrics", { on: false, confirmed: true });
    expect(await bench.refusal("consents.record", { body: TICK })).toBe("consent.biometrics-off");
    const withdrawal = { people: ["HR-EMP-1"], kind: "finger" };
    expect(await bench.ask("consents.withdraw", { body: withdrawal })).toMatchObject({ withdrawn: 1 });
  });

  it("of unknown people are neither listed nor withdrawn", async () => {
    expect(await bench.refusal("consents.list", { query: "?personId=HR-EMP-404" })).toBe("people.unknown");
    const withdrawal = { people: ["HR-EMP-404"], kind: "finger" };
    expect(await bench.refusal("consents.withdraw", { body: withdrawal })).toBe("people.unknown");
  });
});
