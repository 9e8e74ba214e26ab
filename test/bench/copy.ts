import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

import { z } from "zod";

import { makeTempFolder } from "../support/temp-folder.ts";

import { ConnectorProcess } from "./zk-read/connector.ts";
import { format, printBars } from "./zk-read/figures.ts";

/**
 * `npm run bench:copy`: people with two fingers each, copied from one terminal to one other, and then to ten others at
 * once, in one run on one machine. Terminals are doubles in one other process that leave `--pacing` milliseconds between
 * two packets; a real one is slower. Prints PASS or FAIL for each bar; ends with code 1 when one fails. Linux only.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000" },
    terminals: { type: "string", default: "10" },
    pacing: { type: "string", default: "5" },
  },
});
const FINGERS = 2;
const people = Number(values.people);
const many = Number(values.terminals);
// npm runs this in the checkout's root.
const root = resolve(".");

const Opened = z.object({ addresses: z.array(z.string()), userIds: z.array(z.string()) });
const Compared = z.array(z.object({ differing: z.number(), commands: z.number(), violations: z.number() }));
const Planned = z.object({ plan: z.string(), items: z.array(z.object({ action: z.string() })) });
const Applied = z.object({ done: z.number(), failed: z.number() });

const doubles = spawn(
  process.execPath,
  [
    "test/support/run-ts.mjs",
    "test/bench/copy/terminals.ts",
    values.people,
    String(FINGERS),
    String(many + 1),
    values.pacing,
  ],
  { cwd: root, stdio: ["pipe", "pipe", "inherit"] },
);
const lines = createInterface({ input: doubles.stdout })[Symbol.asyncIterator]();
const folder = await makeTempFolder();
const connector = await ConnectorProcess.start(root, folder.path);
try {
  const { addresses, userIds } = Opened.parse(await heard());
  await setUp(addresses, userIds);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}`);
  console.log(`${people.toLocaleString("en")} people, ${FINGERS} fingers each, ${values.pacing} ms between packets\n`);
  const one = await copy(["T0"]);
  const all = await copy(Array.from({ length: many }, (_, at) => `T${at + 1}`));
  doubles.stdin.write("compare\n");
  const compared = Compared.parse(await heard());
  const differing = compared.reduce((sum, terminal) => sum + terminal.differing, 0);
  const broken = compared.reduce((sum, terminal) => sum + terminal.violations, 0);
  console.log(`one terminal alone ${format(one.seconds)} s; ${many} at once ${format(all.seconds)} s`);
  console.log(
    `peak memory: ${format(all.planned)} MB for the preview of ${many}, ${format(all.applied)} MB for the copy`,
  );
  console.log(`${format(compared[0]?.commands ?? 0)} commands to one terminal\n`);
  const passed = printBars([
    { name: "people not byte-identical on any terminal", value: differing, limit: 0, unit: "" },
    { name: "breaches of the protocol", value: broken, limit: 0, unit: "" },
    { name: `${many} at once, of one alone`, value: all.seconds / one.seconds, limit: 1.3, unit: "×" },
    { name: "peak memory of the connector", value: Math.max(all.planned, all.applied), limit: 150, unit: "MB" },
  ]);
  process.exitCode = passed ? 0 : 1;
} finally {
  await connector.end();
  doubles.stdin.end();
  await folder.remove();
}

async function setUp(addresses: readonly string[], userIds: readonly string[]): Promise<void> {
  const files = { people: join(folder.path, "people.csv"), ids: join(folder.path, "ids.csv") };
  const persons = userIds.map((userId) => `P${userId},Person ${userId},,,active,,`);
  await writeFile(files.people, ["person_id,name,department,branch,status,joined,left", ...persons].join("\n"));
  const links = userIds.map((userId) => `main,${userId},P${userId},old,,`);
  await writeFile(files.ids, ["id_space,user_id,person_id,scheme,valid_from,valid_to", ...links].join("\n"));
  await connector.tandem("people", "import", files.people);
  await connector.tandem("ids", "import", files.ids);
  await connector.tandem("consent", "record", "--all", "--kind", "finger", "--method", "paper", "--text", "bench");
  const names = ["Source", ...Array.from({ length: many + 1 }, (_, at) => `T${at}`)];
  for (const [at, name] of names.entries())
    await connector.tandem("terminals", "add", name, "--address", addresses[at] ?? "", "--mode", "active");
}

interface Measured {
  /** That applying took. */
  readonly seconds: number;
  /** Largest memory of the connector while the preview was made, and while it was applied; MB. */
  readonly planned: number;
  readonly applied: number;
}

async function copy(targets: readonly string[]): Promise<Measured> {
  await connector.forgetPeak();
  const plan = ["copy", "plan", "--from", "Source", "--to", targets.join(","), "--all"];
  const { plan: name, items } = Planned.parse(await connector.tandem(...plan));
  const wanted = people * targets.length;
  if (items.filter(({ action }) => action === "add").length !== wanted)
    throw new Error("the preview adds not everybody");
  const planned = await connector.peak();
  await connector.forgetPeak();
  const began = performance.now();
  const { done, failed } = Applied.parse(await connector.tandem("copy", "apply", name));
  const seconds = (performance.now() - began) / 1_000;
  if (done !== wanted || failed > 0) throw new Error(`${done} done, ${failed} failed`);
  return { seconds, planned, applied: await connector.peak() };
}

async function heard(): Promise<unknown> {
  const next: IteratorResult<string> = await lines.next();
  if (next.done === true) throw new Error("the terminals went away");
  return JSON.parse(next.value) as unknown;
}
