import { describe, expect, test } from "@jest/globals";

import type { JobView } from "@tandem/contracts/domain/job.ts";
import { type ErrorCode, TandemError } from "@tandem/contracts/errors.ts";

import { PullWatch } from "../../../../extension/features/pull-now/pull-watch.ts";
import type { Send } from "../../../../extension/platform/message-client.ts";
import { item, pullJob } from "../../../support/fake-connector/answers.ts";

const RUNNING = pullJob({ items: [item("read:Gate", { state: "running" })] });
const DONE = pullJob({ state: "done", items: [item("read:Gate", { state: "done" })] });

/** A background of which the test says what it answers; a code is thrown. */
class Background {
  current: JobView | null = null;
  job: JobView | ErrorCode = RUNNING;
  readonly sent: string[] = [];

  readonly send = (async (id: string) => {
    this.sent.push(id);
    await Promise.resolve();
    if (id === "pull.current") return { job: this.current };
    if (id === "pull.start" || id === "job.retry" || id === "job.cancel") return { jobId: "job-1" };
    if (typeof this.job === "string") throw new TandemError(this.job);
    return this.job;
  }) as Send;
}

/** A wait that ends when the test says so. */
class Turns {
  #next: (() => void) | null = null;
  readonly wait = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.#next = resolve;
      signal.addEventListener("abort", () => resolve());
    });

  async turn(): Promise<void> {
    this.#next?.();
    for (let step = 0; step < 10; step += 1) await Promise.resolve();
  }
}

function watching() {
  const background = new Background();
  const turns = new Turns();
  const ends = new AbortController();
  return { background, turns, ends, watch: new PullWatch(background.send, turns.wait, ends.signal) };
}

/** A reading that has been started from a page that found none. */
async function reading() {
  const parts = watching();
  await parts.watch.find();
  await parts.watch.pull();
  return parts;
}

describe("following a reading of the terminals", () => {
  test("a click while it still looks for a running job starts one when there is none", async () => {
    const { background, watch } = watching();
    void watch.find();
    await watch.pull();
    expect(background.sent).toEqual(["pull.current", "pull.start", "job.get"]);
    expect(watch.status.value.phase).toBe("running");
  });

  test("a click while it still looks joins the job that is running", async () => {
    const { background, watch } = watching();
    background.current = RUNNING;
    void watch.find();
    await watch.pull();
    expect(background.sent).toEqual(["pull.current"]);
  });

  test("follows a job to its end, and then asks no more", async () => {
    const { background, turns, watch } = await reading();
    await turns.turn();
    background.job = DONE;
    await turns.turn();
    expect(watch.status.value).toEqual({ phase: "idle", job: DONE, error: null });
    const asked = background.sent.length;
    await turns.turn();
    expect(background.sent).toHaveLength(asked);
  });

  test("goes on after a connector that was away, and says so meanwhile", async () => {
    const { background, turns, watch } = await reading();
    background.job = "browser.connector-offline";
    await turns.turn();
    expect(watch.status.value).toMatchObject({ phase: "running", error: { code: "browser.connector-offline" } });
    background.job = DONE;
    await turns.turn();
    expect(watch.status.value).toMatchObject({ phase: "idle", error: null });
  });

  test.each(["jobs.unknown", "browser.reload-needed", "browser.not-granted"] as const)(
    "gives up on %s",
    async (code) => {
      const { background, turns, watch } = await reading();
      background.job = code;
      await turns.turn();
      expect(watch.status.value).toMatchObject({ phase: "idle", error: { code } });
    },
  );

  test("ends with its page", async () => {
    const { background, turns, ends } = await reading();
    ends.abort();
    const asked = background.sent.length;
    await turns.turn();
    expect(background.sent).toHaveLength(asked);
  });
});
