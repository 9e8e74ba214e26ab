import { randomUUID } from "node:crypto";

import { TerminalName } from "@tandem/contracts/domain/ids.ts";

import type { JobHandler } from "../../../connector/jobs/jobs.ts";
import { StoredJobs } from "../../../connector/jobs/stored-jobs.ts";
import { systemClock } from "../../../connector/platform/clock.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { NO_JOBS } from "../no-jobs.ts";

/**
 * Works on one job of 40 items in the data folder given as argument, as a process of its own that a test may kill; a later
 * one takes it up. Prints a line whenever an item begins and when it has ended, and `over` at the end.
 */
const ITEMS = 40;
const [home] = process.argv.slice(2);
if (home === undefined) throw new Error("usage: run-jobs.ts HOME");
const clock = systemClock;
const data = await openData(home, { clock });

const say = (line: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => resolve());
  });

const pull: JobHandler<"terminals.pull"> = {
  kind: "terminals.pull",
  concurrency: 3,
  plan: ({ terminals }) => Promise.resolve([...terminals.map((name) => `read:${name}`), "deliver:hr"]),
  async run(_params, key, context) {
    await say(`begin ${key}`);
    context.progress(1, 2);
    await say(`end ${key}`);
    return { key };
  },
};
const jobs = new StoredJobs({
  ...data,
  clock,
  newId: randomUUID,
  log: console,
  handlers: {
    ...NO_JOBS,
    "terminals.pull": pull,
  },
});
await jobs.resume();
const [known] = await jobs.list();
const terminals = Array.from({ length: ITEMS }, (_, at) => TerminalName.parse(`T${at}`));
const id = known?.id ?? (await jobs.start({ kind: "terminals.pull", terminals, deliver: true }, "test"));
await jobs.finished(id);
await jobs.stop();
await data.close();
await say("over");
