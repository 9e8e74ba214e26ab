import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { JobId } from "@tandem/contracts/domain/ids.ts";
import { JobView } from "@tandem/contracts/domain/job.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { JobBench, pullOf } from "../../support/job-bench.ts";

let bench: JobBench;

beforeEach(async () => {
  bench = await JobBench.open();
});

afterEach(() => bench.close());

const start = (...names: string[]): Promise<JobId> => bench.jobs.start(pullOf(...names), "cli");
const timeout = (): TandemError => new TandemError("terminal.timeout", { step: "connecting" });

describe("A job", () => {
  it("is stored with all its items before anything is done", async () => {
    const id = await start("A", "B");
    const view = await bench.jobs.get(id);
    expect(JobView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ kind: "terminals.pull", actor: "cli", createdAt: "2026-11-24T08:00:00.000Z" });
    expect(view.items.map(({ key }) => key)).toEqual(["read:A", "read:B", "deliver:hr"]);
  });

  it("ends done, with the result of every item", async () => {
    const id = await start("A");
    await bench.end("read:A", { added: 3 });
    await bench.end("deliver:hr", { delivered: 3 });
    const view = await bench.jobs.finished(id);
    expect(view.state).toBe("done");
    expect(view.startedAt).not.toBeNull();
    expect(view.finishedAt).not.toBeNull();
    expect(view.items.map(({ state, attempts, result }) => [state, attempts, result])).toEqual([
      ["done", 1, { added: 3 }],
      ["done", 1, { delivered: 3 }],
    ]);
  });

  it("works on as many items at once as its handler allows", async () => {
    await start("A", "B", "C");
    await bench.working("read:B");
    expect(bench.begun).toEqual(["read:A", "read:B"]);
    await bench.end("read:A");
    await bench.working("read:C");
    expect(bench.begun).toEqual(["read:A", "read:B", "read:C"]);
  });

  it("begins a phase only when the one before has ended, whatever became of it", async () => {
    const id = await start("A", "B");
    await bench.fail("read:A", timeout());
    await bench.working("read:B");
    expect(bench.begun).not.toContain("deliver:hr");
    await bench.end("read:B");
    await bench.end("deliver:hr");
    expect((await bench.jobs.finished(id)).state).toBe("failed");
    expect(await bench.states(id)).toEqual({
      "read:A": "failed terminal.timeout",
      "read:B": "done",
      "deliver:hr": "done",
    });
  });

  it("keeps the code and the details of a failure with the item", async () => {
    const id = await start("A");
    await bench.fail("read:A", timeout());
    await bench.end("deliver:hr");
    const [item] = (await bench.jobs.finished(id)).items;
    expect(item?.error).toEqual({ code: "terminal.timeout", details: { step: "connecting" } });
    expect(bench.logged).toEqual([]);
  });

  it("calls an error that is not the product's unexpected, and logs it", async () => {
    const id = await start("A");
    const failure = new TypeError("no such thing");
    await bench.fail("read:A", failure);
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    expect(await bench.states(id)).toMatchObject({ "read:A": "failed internal.unexpected" });
    expect(bench.logged).toEqual([{ facts: { err: failure, job: id }, text: "a job item failed unexpectedly" }]);
  });

  it("stays out of the store when its plan fails", async () => {
    bench.planFailure = new TandemError("hr.not-connected");
    await expect(start("A")).rejects.toBe(bench.planFailure);
    expect(await bench.jobs.list()).toEqual([]);
    expect(await bench.audited()).toEqual([]);
    bench.planFailure = null;
    await expect(start("A")).resolves.toBe("job-2");
  });

  it("shows progress at once, and stores it at most once a second", async () => {
    const id = await start("A");
    const item = await bench.working("read:A");
    const stored = async (): Promise<number | undefined> => {
      const row = bench.data.store.db.selectFrom("job_items").select("done").where("key", "=", "read:A");
      return (await row.executeTakeFirst())?.done;
    };
    item.progress(10, null);
    expect((await bench.jobs.get(id)).items[0]).toMatchObject({ state: "running", done: 10, total: null });
    expect(await stored()).toBe(0);
    bench.clock.advance(1_000);
    item.progress(20, 40);
    expect(await stored()).toBe(20);
    item.progress(40, 40);
    expect((await bench.jobs.list())[0]?.items[0]).toMatchObject({ done: 40, total: 40 });
    await bench.end("read:A");
    await bench.end("deliver:hr");
    expect((await bench.jobs.finished(id)).items[0]).toMatchObject({ done: 40, total: 40 });
  });

  it("that nobody knows has a code", async () => {
    const id = JobId.parse("nobody");
    const unknown = { code: "jobs.unknown", details: { id } };
    await expect(bench.jobs.get(id)).rejects.toMatchObject(unknown);
    await expect(bench.jobs.retry(id, "cli")).rejects.toMatchObject(unknown);
    await expect(bench.jobs.cancel(id, "cli")).rejects.toMatchObject(unknown);
  });

  it("stands at the top of the list when it is the newest", async () => {
    const first = await bench.jobs.start({ kind: "hr.deliver" }, "cli");
    bench.clock.advance(1);
    const second = await bench.jobs.start({ kind: "people.sync" }, "cli");
    expect((await bench.jobs.list()).map(({ id }) => id)).toEqual([second, first]);
    expect((await bench.jobs.list(1)).map(({ id }) => id)).toEqual([second]);
  });
});

describe("The same work asked for twice", () => {
  it("is one job while it is under way", async () => {
    const id = await start("A", "B");
    expect(await start("A", "B")).toBe(id);
    expect(await start("B", "A", "B")).toBe(id);
    expect(await start("A")).not.toBe(id);
  });

  it("is one job also when both ask at the same moment", async () => {
    const [first, second] = await Promise.all([start("A"), start("A")]);
    expect(second).toBe(first);
    expect(await bench.jobs.list()).toHaveLength(1);
  });

  it("is a new job once the first has ended", async () => {
    const id = await bench.jobs.start({ kind: "hr.deliver" }, "cli");
    await bench.end("only");
    await bench.jobs.finished(id);
    expect(await bench.jobs.start({ kind: "hr.deliver" }, "cli")).not.toBe(id);
  });

  it("is a new job when the first is being cancelled", async () => {
    const id = await start("A");
    await bench.working("read:A");
    await bench.jobs.cancel(id, "cli");
    expect(await start("A")).not.toBe(id);
  });
});

describe("A retry", () => {
  const failedJob = async (): Promise<JobId> => {
    const id = await start("A", "B");
    await bench.end("read:A", { added: 1 });
    await bench.fail("read:B", timeout());
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    bench.begun.length = 0;
    return id;
  };

  it("runs what failed and then delivers what that brought, but reads nothing twice", async () => {
    const id = await failedJob();
    expect(await bench.jobs.retry(id, "client:1")).toBe(id);
    await bench.end("read:B", { added: 2 });
    await bench.end("deliver:hr", { delivered: 2 });
    const view = await bench.jobs.finished(id);
    expect(bench.begun).toEqual(["read:B", "deliver:hr"]);
    expect(view.state).toBe("done");
    expect(view.items.map(({ attempts, result, error }) => [attempts, result, error])).toEqual([
      [1, { added: 1 }, null],
      [2, { added: 2 }, null],
      [2, { delivered: 2 }, null],
    ]);
  });

  it("asked for twice runs once", async () => {
    const id = await failedJob();
    const asked = await Promise.allSettled([bench.jobs.retry(id, "cli"), bench.jobs.retry(id, "cli")]);
    expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await bench.end("read:B");
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    expect(bench.begun).toEqual(["read:B", "deliver:hr"]);
  });

  it("is refused where nothing failed, and while the job is at work", async () => {
    const id = await start("A");
    await bench.fail("read:A", timeout());
    await bench.working("deliver:hr");
    const nothing = { code: "jobs.nothing-to-retry" };
    await expect(bench.jobs.retry(id, "cli")).rejects.toMatchObject(nothing);
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    await bench.jobs.retry(id, "cli");
    await bench.end("read:A");
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    await expect(bench.jobs.retry(id, "cli")).rejects.toMatchObject(nothing);
  });

  it("works on a job from before a restart", async () => {
    const id = await failedJob();
    await bench.restart();
    await bench.jobs.retry(id, "cli");
    await bench.end("read:B");
    await bench.end("deliver:hr");
    expect((await bench.jobs.finished(id)).state).toBe("done");
  });
});

describe("A cancelled job", () => {
  it("tells the running items, begins no further one and keeps what is done", async () => {
    bench.concurrency = 1;
    const id = await start("A", "B", "C");
    await bench.end("read:A", { added: 1 });
    const { signal } = await bench.working("read:B");
    await bench.jobs.cancel(id, "client:1");
    expect(signal.aborted).toBe(true);
    expect((await bench.jobs.finished(id)).state).toBe("cancelled");
    expect(bench.begun).toEqual(["read:A", "read:B"]);
    expect(await bench.states(id)).toEqual({
      "read:A": "done",
      "read:B": "cancelled",
      "read:C": "cancelled",
      "deliver:hr": "cancelled",
    });
  });

  it("cannot be cancelled once it has ended", async () => {
    const id = await bench.jobs.start({ kind: "hr.deliver" }, "cli");
    await bench.end("only");
    await bench.jobs.finished(id);
    await expect(bench.jobs.cancel(id, "cli")).rejects.toMatchObject({ code: "jobs.finished" });
    expect((await bench.jobs.get(id)).state).toBe("done");
  });

  it("never stays in between, however the end and the wish to cancel meet", async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await bench.jobs.start({ kind: "hr.deliver" }, "cli");
      await bench.end("only");
      for (let turn = 0; turn < round; turn += 1) await Promise.resolve();
      await Promise.allSettled([bench.jobs.cancel(id, "cli")]);
      expect(["done", "cancelled"]).toContain((await bench.jobs.finished(id)).state);
    }
  });

  it("ends also when it is from before a restart and was not taken up again", async () => {
    const id = await start("A");
    await bench.working("read:A");
    await bench.restart();
    await bench.jobs.cancel(id, "cli");
    expect((await bench.jobs.finished(id)).state).toBe("cancelled");
    expect(await bench.states(id)).toEqual({ "read:A": "cancelled", "deliver:hr": "cancelled" });
    expect(bench.begun).toEqual(["read:A"]);
  });

  it("ends at the next start when the process was killed while it was being cancelled", async () => {
    const id = await start("A");
    await bench.working("read:A");
    await bench.restart();
    await bench.data.store.db.updateTable("jobs").set({ state: "cancelling" }).where("id", "=", id).execute();
    await bench.jobs.resume();
    expect((await bench.jobs.finished(id)).state).toBe("cancelled");
    expect(bench.begun).toEqual(["read:A"]);
  });
});

describe("A job of another version, which this one cannot do", () => {
  it("ends with its own code at the next start, and keeps nothing else from being done", async () => {
    const id = await start("A");
    await bench.working("read:A");
    await bench.restart();
    const later = { kind: "photos.sync", params: JSON.stringify({ kind: "photos.sync" }) };
    await bench.data.store.db.updateTable("jobs").set(later).where("id", "=", id).execute();
    const other = await start("B");
    await bench.jobs.resume();
    expect(await bench.jobs.get(id)).toMatchObject({
      state: "failed",
      error: { code: "jobs.unsupported", details: { kind: "photos.sync" } },
    });
    expect(await bench.states(id)).toEqual({ "read:A": "cancelled", "deliver:hr": "cancelled" });
    await expect(bench.jobs.retry(id, "cli")).rejects.toMatchObject({ code: "jobs.unsupported" });
    await bench.jobs.cancel(other, "cli");
    expect((await bench.jobs.finished(other)).state).toBe("cancelled");
  });
});

describe("A stop of the connector", () => {
  it("leaves what is not done for the next start", async () => {
    bench.concurrency = 1;
    const id = await start("A", "B");
    await bench.end("read:A", { added: 1 });
    await bench.working("read:B");
    await bench.restart();
    expect(await bench.states(id)).toEqual({ "read:A": "done", "read:B": "waiting", "deliver:hr": "waiting" });
    expect((await bench.jobs.get(id)).state).toBe("running");
    const { startedAt } = await bench.jobs.get(id);
    bench.clock.advance(60_000);
    await bench.jobs.resume();
    await bench.end("read:B");
    await bench.end("deliver:hr");
    const view = await bench.jobs.finished(id);
    expect(view).toMatchObject({ state: "done", startedAt });
    expect(bench.begun).toEqual(["read:A", "read:B", "read:B", "deliver:hr"]);
  });

  it("begins nothing that is asked for afterwards", async () => {
    await bench.jobs.stop();
    const id = await start("A");
    expect(bench.begun).toEqual([]);
    await bench.restart();
    await bench.jobs.resume();
    await bench.end("read:A");
    await bench.end("deliver:hr");
    expect((await bench.jobs.finished(id)).state).toBe("done");
  });

  it("resumes nothing that is already at work", async () => {
    await start("A");
    await bench.working("read:A");
    await bench.jobs.resume();
    expect(bench.begun).toEqual(["read:A"]);
  });
});

describe("The audit log", () => {
  it("tells who started, retried and cancelled, and how it ended", async () => {
    const id = await start("A");
    await bench.fail("read:A", timeout());
    await bench.end("deliver:hr");
    await bench.jobs.finished(id);
    await bench.jobs.retry(id, "client:7");
    await bench.working("read:A");
    await bench.jobs.cancel(id, "client:8");
    await bench.jobs.finished(id);
    const kind = "terminals.pull";
    expect(await bench.audited()).toEqual([
      ["jobs.start", "cli", "requested", { kind, items: 2 }],
      ["jobs.end", "cli", "failed", { kind, items: 2, failed: 1, cancelled: false }],
      ["jobs.retry", "client:7", "requested", { kind, items: 2 }],
      ["jobs.cancel", "client:8", "requested", {}],
      ["jobs.end", "client:7", "succeeded", { kind, items: 2, failed: 0, cancelled: true }],
    ]);
    expect(await bench.data.audit.verify()).toMatchObject({ ok: true });
  });
});
