import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import type { JobId, TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { DeliverResult } from "@tandem/contracts/domain/punch.ts";

import type { JobItemContext } from "../../../connector/jobs/jobs.ts";
import { StoredJobs } from "../../../connector/jobs/stored-jobs.ts";
import { pullJob } from "../../../connector/terminals/pull-job.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { statesOf } from "../../support/job-bench.ts";
import { NO_JOBS } from "../../support/no-jobs.ts";
import { nameOf, TerminalBench } from "../../support/terminal-bench.ts";

const DELIVERED: DeliverResult = { delivered: 2, duplicate: 0, held: 0, refused: 0, failed: 0 };

let bench: TerminalBench;
let jobs: StoredJobs;
let devices: ZkTerminal[];
/** What stood in the ledger at each delivery. */
let deliveries: string[][];

beforeEach(async () => {
  // A terminal that says nothing is given up only after minutes; a test ends it before.
  bench = await TerminalBench.open({ idleMs: 600_000, connectMs: 600_000 });
  deliveries = [];
  devices = await Promise.all(
    ["A1", "B2", "C3"].map((serial, at) =>
      ZkTerminal.start({ serial, punches: [{ userId: String(at), at: "2026-11-20T08:00:00" }] }),
    ),
  );
  for (const [at, device] of devices.entries()) await bench.add(`T${at}`, device.address);
  const deliver = async (context: JobItemContext): Promise<DeliverResult> => {
    deliveries.push(await bench.punches());
    context.progress(2, 2);
    return DELIVERED;
  };
  let ids = 0;
  jobs = new StoredJobs({
    ...bench.data,
    newId: () => `job-${(ids += 1)}`,
    log: { error: () => undefined },
    handlers: {
      ...NO_JOBS,
      "terminals.pull": pullJob({ terminals: bench.terminals, deliver }),
    },
  });
});

afterEach(async () => {
  await jobs.stop();
  await bench.close();
  await Promise.all(devices.map((device) => device.stop()));
});

const device = (at: number): ZkTerminal => {
  const found = devices[at];
  if (found === undefined) throw new Error(`no terminal ${at}`);
  return found;
};
const pull = (terminals: TerminalName[] = [], deliver = true): Promise<JobId> =>
  jobs.start({ kind: "terminals.pull", terminals, deliver }, "cli");

async function until(id: JobId, states: Record<string, string>): Promise<void> {
  for (;;) {
    const now = statesOf(await jobs.get(id));
    if (Object.entries(states).every(([key, state]) => now[key] === state)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("Pull now", () => {
  it("reads every terminal and then delivers once", async () => {
    const view = await jobs.finished(await pull());
    expect(view.state).toBe("done");
    expect(view.items.map(({ key }) => key)).toEqual(["read:T0", "read:T1", "read:T2", "deliver:hr"]);
    expect(view.items[0]?.result).toMatchObject({ terminal: "T0", read: 1, added: 1 });
    expect(view.items[3]).toMatchObject({ result: DELIVERED, done: 2, total: 2 });
    expect(deliveries.map(({ length }) => length)).toEqual([3]);
  });

  it("reads only the named ones, each once, and delivers only when asked to", async () => {
    const view = await jobs.finished(await pull([nameOf("T1"), nameOf("T1")], false));
    expect(view.items.map(({ key }) => key)).toEqual(["read:T1"]);
    expect(deliveries).toEqual([]);
    expect(device(0).commands.entries()).toEqual([]);
  });

  it("lets a dead terminal delay nobody but the delivery", async () => {
    device(1).set({ silentOn: "all" });
    const id = await pull();
    await until(id, { "read:T0": "done", "read:T1": "running", "read:T2": "done", "deliver:hr": "waiting" });
    expect(deliveries).toEqual([]);
    await device(1).stop();
    const view = await jobs.finished(id);
    expect(view.state).toBe("failed");
    expect(view.items[1]?.error?.code).toMatch(/^terminal\./);
    expect(deliveries.map(({ length }) => length)).toEqual([2]);
  });

  it("reads on a retry what failed, and delivers that", async () => {
    device(2).set({ connect: "secured" });
    const id = await pull();
    await jobs.finished(id);
    expect(statesOf(await jobs.get(id))).toMatchObject({ "read:T2": "failed terminal.secured-firmware" });
    device(2).calm();
    device(0).commands.clear();
    await jobs.retry(id, "cli");
    expect((await jobs.finished(id)).state).toBe("done");
    expect(device(0).commands.entries()).toEqual([]);
    expect(deliveries.map(({ length }) => length)).toEqual([2, 3]);
  });

  it("cancelled in the middle of a read leaves the terminal without a stain, and can be asked for again", async () => {
    device(0).set({ silentOn: [1503] });
    const asked = device(0).commands.next(1503);
    const id = await pull([nameOf("T0")]);
    await asked;
    await jobs.cancel(id, "cli");
    expect((await jobs.finished(id)).state).toBe("cancelled");
    expect(await bench.row("T0")).toMatchObject({ lastReadAt: null, lastError: null });
    expect(deliveries).toEqual([]);
    device(0).calm();
    expect((await jobs.finished(await pull([nameOf("T0")]))).state).toBe("done");
  });

  it("names a terminal that is gone by now, and reads the others", async () => {
    device(0).set({ silentOn: [1503] });
    const asked = device(0).commands.next(1503);
    const id = await pull([nameOf("T0"), nameOf("Gone")]);
    await asked;
    await device(0).stop();
    await jobs.finished(id);
    expect(statesOf(await jobs.get(id))).toMatchObject({
      "read:Gone": "failed terminal.unknown",
      "deliver:hr": "done",
    });
  });

  it("passes over a terminal that is known from files only", async () => {
    await bench.data.store.db.updateTable("terminals").set({ address: null }).where("name", "=", "T0").execute();
    const view = await jobs.finished(await pull());
    expect(view.items.map(({ key }) => key)).toEqual(["read:T1", "read:T2", "deliver:hr"]);
    const named = await jobs.finished(await pull([nameOf("T0")]));
    expect(named.items[0]?.error?.code).toBe("terminal.no-address");
  });
});
