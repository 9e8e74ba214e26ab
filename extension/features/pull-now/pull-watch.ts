import type { JobView } from "@tandem/contracts/domain/job.ts";
import { hasCode, type TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Send } from "../../platform/message-client.ts";
import type { Wait } from "../../platform/wait.ts";
import { Store } from "../../ui/store.ts";

/** How a reading of the terminals stands. `job` is the last thing the connector said about it. */
export interface PullStatus {
  readonly phase: "finding" | "idle" | "starting" | "running";
  readonly job: JobView | null;
  /** Why the last step failed. While a job is running it may go on nevertheless: only the connection is gone. */
  readonly error: TandemError | null;
}

const POLL_MS = 1_200;
/** The connector may be starting again; the job lives there and goes on. */
const RECONNECT_MS = 3_000;

/**
 * Follows the reading of terminals that runs on the connector. The job lives there: this only looks, so a page may be
 * closed at any time, and another one finds the same job.
 */
export class PullWatch {
  readonly status = new Store<PullStatus>({ phase: "finding", job: null, error: null });
  readonly #send: Send;
  readonly #wait: Wait;
  readonly #signal: AbortSignal;
  #following: string | null = null;
  #found: Promise<void> = Promise.resolve();

  constructor(send: Send, wait: Wait, signal: AbortSignal) {
    this.#send = send;
    this.#wait = wait;
    this.#signal = signal;
  }

  /** Finds the newest reading, and follows it while it runs. */
  find(): Promise<void> {
    this.#found = this.#look();
    return this.#found;
  }

  /** What a click means: read the terminals, unless it turns out that they are being read. */
  async pull(): Promise<void> {
    await this.#found;
    if (this.status.value.phase === "idle") await this.start();
  }

  /** Starts reading all terminals, or joins a reading that is under way. */
  start(): Promise<void> {
    return this.#begin(() => this.#send("pull.start", {}));
  }

  /** Runs again what failed in the job that is shown. */
  retry(): Promise<void> {
    const { job } = this.status.value;
    return job === null ? this.start() : this.#begin(() => this.#send("job.retry", { id: job.id }));
  }

  /** Stops the running job at its next safe point. */
  async stop(): Promise<void> {
    const { job } = this.status.value;
    if (job === null) return;
    try {
      await this.#send("job.cancel", { id: job.id });
      const now = await this.#send("job.get", { id: job.id });
      if (this.#following === job.id) this.status.set({ phase: "running", job: now, error: null });
    } catch (error) {
      this.#fail(this.status.value.phase, error);
    }
  }

  async #look(): Promise<void> {
    try {
      this.#take((await this.#send("pull.current", {})).job);
    } catch (error) {
      this.#fail("idle", error);
    }
  }

  async #begin(ask: () => Promise<{ jobId: string }>): Promise<void> {
    this.status.set({ phase: "starting", job: null, error: null });
    try {
      const { jobId } = await ask();
      this.#take(await this.#send("job.get", { id: jobId }));
    } catch (error) {
      this.#fail("idle", error);
    }
  }

  #take(job: JobView | null): void {
    if (job === null || hasEnded(job)) {
      this.status.set({ phase: "idle", job, error: null });
      return;
    }
    this.status.set({ phase: "running", job, error: null });
    void this.#follow(job.id);
  }

  /** Never rejects: what goes wrong is part of the status. */
  async #follow(id: string): Promise<void> {
    if (this.#following === id) return;
    this.#following = id;
    let pause = POLL_MS;
    while (this.#isFollowing(id)) {
      await this.#wait(pause, this.#signal);
      if (this.#signal.aborted) return;
      try {
        const job = await this.#send("job.get", { id });
        pause = POLL_MS;
        const ended = hasEnded(job);
        if (ended) this.#following = null;
        this.status.set({ phase: ended ? "idle" : "running", job, error: null });
      } catch (error) {
        pause = RECONNECT_MS;
        const over = hasCode(error, "jobs.unknown", "browser.reload-needed", "browser.not-granted");
        if (over) this.#following = null;
        this.#fail(over ? "idle" : "running", error);
      }
    }
  }

  #isFollowing(id: string): boolean {
    return this.#following === id && !this.#signal.aborted;
  }

  #fail(phase: PullStatus["phase"], error: unknown): void {
    this.status.set({ phase, job: this.status.value.job, error: toTandemError(error) });
  }
}

export function hasEnded(job: JobView): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}
