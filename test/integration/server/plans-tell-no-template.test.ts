import { afterEach, beforeEach, expect, it } from "@jest/globals";

import { ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generateTemplate } from "../../doubles/zk-terminal/samples/templates.ts";
import { staff } from "../../support/plan-bench.ts";
import { ConnectorBench } from "../../support/running-connector.ts";

let bench: ConnectorBench;
let gate: ZkTerminal;
let hall: ZkTerminal;
let dock: ZkTerminal;

beforeEach(async () => {
  bench = await ConnectorBench.start();
  gate = await ZkTerminal.start({ serial: "Gate", ...staff(2) });
  hall = await ZkTerminal.start({ serial: "Hall" });
  dock = await ZkTerminal.start({ serial: "Dock", modes: { templateWrites: "lose" } });
});

afterEach(async () => {
  await bench.stop();
  await bench.remove();
  await Promise.all([gate.stop(), hall.stop(), dock.stop()]);
});

/** Ways in which bytes stand in JSON; base64 at each of the three places where they may begin. */
function formsOf(bytes: Buffer): readonly string[] {
  const base64 = [0, 1, 2].map((skip) => bytes.subarray(skip).toString("base64").slice(0, 20));
  return [...base64, bytes.toString("hex").slice(0, 24), [...bytes.subarray(0, 8)].join(",")];
}

it("nothing that the API answers after a copy, a failed copy and a move holds a piece of a template", async () => {
  await bench.admin("vault.keep", { on: true, confirmed: true });
  for (const [name, { address }] of [["Gate", gate] as const, ["Hall", hall] as const, ["Dock", dock] as const])
    await bench.admin("terminals.add", { name, address, mode: "active" });
  const text = "person_id,name,department,branch,status,joined,left\nE1,Lan,,,active,,\nE2,Bình,,,active,,\n";
  await bench.admin("people.import", { file: "people.csv", text });
  for (const number of ["1", "2"]) {
    await bench.admin("ids.link", { idSpace: "main", userId: number, personId: `E${number}`, scheme: "old" });
    await bench.admin("ids.link", { idSpace: "main", userId: `10${number}`, personId: `E${number}`, scheme: "new" });
  }
  await bench.admin("consent.record", { people: "all", kind: "finger", method: "paper", text: "2026-01" });
  const copied = await bench.admin("copy.plan", { from: "Gate", to: ["Hall", "Dock"] });
  const moved = await bench.admin("move.plan", { terminals: ["Gate"] });
  await bench.admin("plans.apply", { plan: copied.plan, kind: "copy" });
  await bench.admin("plans.apply", { plan: moved.plan, kind: "move" });

  const outcomes = (await bench.ask("plans.list")).plans.map(({ plan, done, failed }) => [plan, done, failed]);
  expect(outcomes).toEqual([
    [moved.plan, 2, 0],
    [copied.plan, 2, 2],
  ]);
  const { jobs } = await bench.ask("jobs.list");
  const params: Record<string, string> = { id: jobs[0]?.id ?? "", plan: copied.plan, name: "Gate" };
  const readable = Object.entries<RouteSpec>(ROUTES).filter(
    ([, { method, auth }]) => method === "GET" && auth === "session",
  );
  const answers = [];
  for (const [, { path }] of readable) {
    const filled = path.replace(/:(\w+)/g, (_all, name: string) => params[name] ?? "");
    answers.push(await bench.client.call("GET", filled));
  }
  expect(answers.map(({ status }) => status)).toEqual(readable.map(() => 200));
  const told = answers.map((answer) => answer.text).join("\n");
  expect([1, 2].flatMap((seed) => formsOf(generateTemplate(seed))).filter((form) => told.includes(form))).toEqual([]);
});
