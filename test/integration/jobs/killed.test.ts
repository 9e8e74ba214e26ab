import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobView } from "@tandem/contracts/domain/job.ts";

import { JobBook } from "../../../connector/jobs/job-book.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");

let home: Awaited<ReturnType<typeof makeTempFolder>>;

beforeEach(async () => {
  home = await makeTempFolder();
});

afterEach(() => home.remove());

/** Lets the job run until it has said `lines` lines, then kills the process; without a number it runs to its end. */
async function run(lines: number | null): Promise<{ begun: string[]; isOver: boolean }> {
  const args = ["test/support/run-ts.mjs", "test/support/programs/run-jobs.ts", home.path];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const begun: string[] = [];
  let said = 0;
  let isOver = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("begin ")) begun.push(line.slice("begin ".length));
    if (line === "over") isOver = true;
    said += 1;
    if (said === lines) child.kill("SIGKILL");
  }
  return { begun, isOver };
}

async function stored(): Promise<{ view: JobView; isAuditWhole: boolean; ends: number }> {
  const data = await openData(home.path, { clock: new FakeClock() });
  const row = await data.store.db.selectFrom("jobs").select("id").executeTakeFirstOrThrow();
  const view = await new JobBook(data.store).view(JobId.parse(row.id));
  const ends = await data.store.db.selectFrom("audit").select("seq").where("action", "=", "jobs.end").execute();
  const { ok } = await data.audit.verify();
  await data.close();
  return { view, isAuditWhole: ok, ends: ends.length };
}

test("a job that is killed again and again is taken up where it was, and every item ends done once", async () => {
  const done = new Set<string>();
  const begunIn: string[][] = [];
  for (const lines of [1, 7, 12, 3, 29]) {
    const { begun, isOver } = await run(lines);
    expect(isOver).toBe(false);
    // What is recorded as done is never begun again.
    expect(begun.filter((key) => done.has(key))).toEqual([]);
    begunIn.push(begun);
    const { view } = await stored();
    for (const { key, state } of view.items) if (state === "done") done.add(key);
    expect(view.items.every(({ state }) => ["done", "running", "waiting"].includes(state))).toBe(true);
  }
  const last = await run(null);
  expect(last.isOver).toBe(true);
  begunIn.push(last.begun);

  const { view, isAuditWhole, ends } = await stored();
  expect(view.state).toBe("done");
  expect(view.items).toHaveLength(41);
  for (const { key, state, result, attempts } of view.items) {
    expect([key, state, result]).toEqual([key, "done", { key }]);
    // Killed between the note that it begins and its first word, an attempt counts without having been heard.
    expect(attempts).toBeGreaterThanOrEqual(begunIn.filter((begun) => begun.includes(key)).length);
  }
  expect(begunIn.flat().filter((key) => key === "deliver:hr")).toHaveLength(1);
  expect(begunIn.at(-1)?.at(-1)).toBe("deliver:hr");
  expect(ends).toBe(1);
  expect(isAuditWhole).toBe(true);
}, 60_000);
