import { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobItem, JobView, NewJob } from "@tandem/contracts/domain/job.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Store } from "../store/store.ts";

import { type BookedJob, ENDED, JobBook } from "./job-book.ts";
import type { JobHandler, JobItemContext, Jobs } from "./jobs.ts";
import { keysToRetry, phasesOf } from "./phases.ts";
import { runLimited } from "./run-limited.ts";

/** How often progress is written; in between it is only in memory, where `get` finds it. */
const PROGRESS_MS = 1000;
const LISTED = 50;

type Handlers = { readonly [K in NewJob["kind"]]: JobHandler<K> };

export interface JobsParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly handlers: Handlers;
  readonly log: { error(facts: object, text: string): void };
}

interface Run {
  readonly stop: AbortController;
  readonly progress: Map<string, Pick<JobItem, "done" | "total">>;
  ended: Promise<void>;
  why: "stop" | "cancel" | null;
}

/**
 * Jobs in the store: planned and stored before anything is done, so that a process that is killed is taken up where it
 * was. An item that was running is run again; handlers are repeatable.
 */
export class StoredJobs implements Jobs {
  readonly #parts: JobsParts;
  readonly #book: JobBook;
  readonly #runs = new Map<JobId, Run>();
  #lastStart: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(parts: JobsParts) {
    this.#parts = parts;
    this.#book = new JobBook(parts.store);
  }

  /** The same work asked for twice, while it is under way, is one job. */
  start(job: NewJob, actor: string): Promise<JobId> {
    // One after the other: two that come at the same moment would not see each other.
    const started = this.#lastStart.then(() => this.#start(job, actor));
    this.#lastStart = started.catch(() => undefined);
    return started;
  }

  async #start(job: NewJob, actor: string): Promise<JobId> {
    const same = (await this.#book.unfinished()).find(
      (other) => this.#runs.get(other.id)?.why === null && sameWork(other.job, job),
    );
    if (same !== undefined) return same.id;
    const { store, audit, clock, newId } = this.#parts;
    const id = JobId.parse(newId());
    const keys = await this.#handler(job).plan(job);
    await store.transaction(async (tx) => {
      await this.#book.enter(tx, { id, job, state: "queued", actor }, keys, instantOf(clock.now()));
      const detail = { kind: job.kind, items: keys.length };
      await audit.append(tx, { actor, action: "jobs.start", subject: id, outcome: "requested", detail });
    });
    this.#launch({ id, job, state: "queued", actor });
    return id;
  }

  async get(id: JobId): Promise<JobView> {
    return this.#withProgress(await this.#book.view(id));
  }

  async list(limit = LISTED): Promise<readonly JobView[]> {
    return (await this.#book.views(limit)).map((view) => this.#withProgress(view));
  }

  /**
   * Runs the failed items of the same job again, and then the phases after them. Errors: `jobs.unknown`,
   * `jobs.nothing-to-retry`, also while the job is still at work.
   */
  async retry(id: JobId, actor: string): Promise<JobId> {
    const booked = await this.#book.get(id);
    const run = this.#runs.get(id);
    // A job that stands as ended is about to be let go.
    if (ENDED.includes(booked.state)) await run?.ended;
    else if (run !== undefined) throw new TandemError("jobs.nothing-to-retry", { id });
    await this.#parts.store.transaction(async (tx) => {
      const states = await this.#book.itemStates(tx, id);
      const failed = new Set(states.filter(({ state }) => state === "failed").map(({ key }) => key));
      if (failed.size === 0) throw new TandemError("jobs.nothing-to-retry", { id });
      const keys = keysToRetry(
        states.map(({ key }) => key),
        failed,
      );
      await this.#book.reopen(tx, id, keys);
      const detail = { kind: booked.job.kind, items: keys.length };
      await this.#parts.audit.append(tx, { actor, action: "jobs.retry", subject: id, outcome: "requested", detail });
    });
    this.#launch({ ...booked, state: "queued", actor });
    return id;
  }

  /** Errors: `jobs.unknown`, `jobs.finished`. */
  async cancel(id: JobId, actor: string): Promise<void> {
    const booked = await this.#book.get(id);
    const { store, audit, clock } = this.#parts;
    await store.transaction(async (tx) => {
      if (ENDED.includes(await this.#book.stateOf(tx, id))) throw new TandemError("jobs.finished", { id });
      await this.#book.setState(tx, id, "cancelling", instantOf(clock.now()));
      await audit.append(tx, { actor, action: "jobs.cancel", subject: id, outcome: "requested" });
    });
    const run = this.#runs.get(id);
    if (run === undefined) {
      // From before a restart: there is nothing to stop, only to end.
      this.#launch({ ...booked, state: "cancelling" });
      return;
    }
    run.why = "cancel";
    run.stop.abort(new Error("cancelled"));
  }

  async finished(id: JobId): Promise<JobView> {
    await this.#runs.get(id)?.ended;
    return this.#book.view(id);
  }

  async resume(): Promise<void> {
    const { store, clock } = this.#parts;
    await store.transaction((tx) => this.#book.endUnknown(tx, instantOf(clock.now())));
    for (const booked of await this.#book.unfinished()) {
      if (this.#runs.has(booked.id)) continue;
      await this.#book.releaseRunning(booked.id);
      this.#launch(booked);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#lastStart;
    const runs = [...this.#runs.values()];
    for (const run of runs) {
      run.why ??= "stop";
      run.stop.abort(new Error("the connector stops"));
    }
    await Promise.all(runs.map((run) => run.ended));
  }

  #launch(booked: BookedJob): void {
    // What is stored now is taken up at the next start.
    if (this.#isStopped) return;
    const run: Run = { stop: new AbortController(), progress: new Map(), why: null, ended: Promise.resolve() };
    if (booked.state === "cancelling") run.why = "cancel";
    const ended = this.#run(booked, run)
      .catch((error: unknown) => {
        // Only the store itself can fail here; the job stays unfinished and is taken up at the next start.
        this.#parts.log.error({ err: error, job: booked.id }, "a job could not be recorded");
      })
      .finally(() => this.#runs.delete(booked.id));
    run.ended = ended;
    this.#runs.set(booked.id, run);
  }

  async #run(booked: BookedJob, run: Run): Promise<void> {
    const { id, job } = booked;
    const { store, clock } = this.#parts;
    const handler = this.#handler(job);
    const mayGoOn = (): boolean => run.why === null;
    if (mayGoOn()) {
      await store.transaction((tx) => this.#book.setState(tx, id, "running", instantOf(clock.now())));
      const waiting = (await this.#book.items(id)).filter(({ state }) => state === "waiting");
      for (const phase of phasesOf(waiting.map(({ key }) => key))) {
        await runLimited(phase, handler.concurrency, mayGoOn, (key) => this.#runItem(booked, key, run));
      }
    }
    if (run.why !== "stop") await this.#conclude(booked, run.why === "cancel");
  }

  async #runItem({ id, job, actor }: BookedJob, key: string, run: Run): Promise<void> {
    await this.#book.beginItem(id, key);
    const context = this.#context(id, actor, key, run);
    const outcome = await this.#handler(job)
      .run(job, key, context)
      .then(doneWith, (error: unknown) => this.#outcomeOf(error, id, run));
    await this.#book.noteItem(id, key, { ...run.progress.get(key), ...outcome });
    run.progress.delete(key);
  }

  /** What becomes of an item that threw: one that was told to stop is not a failure. */
  #outcomeOf(error: unknown, id: JobId, run: Run): ItemOutcome {
    if (run.why === "stop") return { state: "waiting" };
    if (run.why === "cancel") return { state: "cancelled" };
    const known = toTandemError(error);
    if (hasCode(known, "internal.unexpected")) {
      this.#parts.log.error({ err: error, job: id }, "a job item failed unexpectedly");
    }
    return { state: "failed", error: JSON.stringify({ code: known.code, details: known.details }) };
  }

  #context(id: JobId, actor: string, key: string, run: Run): JobItemContext {
    let written = this.#parts.clock.now();
    return {
      actor,
      signal: run.stop.signal,
      progress: (done, total) => {
        run.progress.set(key, { done, total });
        const now = this.#parts.clock.now();
        if (now - written < PROGRESS_MS) return;
        written = now;
        this.#book.noteItem(id, key, { done, total }).catch((error: unknown) => {
          this.#parts.log.error({ err: error, job: id }, "progress could not be recorded");
        });
      },
    };
  }

  async #conclude({ id, job, actor }: BookedJob, isCancelled: boolean): Promise<void> {
    const { store, audit, clock } = this.#parts;
    await store.transaction(async (tx) => {
      if (isCancelled) await this.#book.cancelWaiting(tx, id);
      const items = await this.#book.itemStates(tx, id);
      const failed = items.filter(({ state }) => state === "failed").length;
      const state = isCancelled ? "cancelled" : failed > 0 ? "failed" : "done";
      await this.#book.setState(tx, id, state, instantOf(clock.now()));
      const detail = { kind: job.kind, items: items.length, failed, cancelled: isCancelled };
      const outcome = failed > 0 ? "failed" : "succeeded";
      await audit.append(tx, { actor, action: "jobs.end", subject: id, outcome, detail });
    });
  }

  #withProgress(view: JobView): JobView {
    const live = this.#runs.get(view.id)?.progress;
    if (live === undefined || live.size === 0) return view;
    return { ...view, items: view.items.map((item) => ({ ...item, ...live.get(item.key) })) };
  }

  /** The handler of the job's own kind, as one function over the union. */
  #handler(job: NewJob): JobHandler {
    return this.#parts.handlers[job.kind] as JobHandler;
  }
}

type ItemOutcome = Pick<JobItem, "state"> & { readonly result?: string; readonly error?: string | null };

function doneWith(result: Record<string, unknown>): ItemOutcome {
  return { state: "done", result: JSON.stringify(result), error: null };
}

/** Lists of terminals are sets: their order and repetition mean nothing. */
function sameWork(a: NewJob, b: NewJob): boolean {
  return workOf(a) === workOf(b);
}

function workOf(job: NewJob): string {
  if (job.kind !== "terminals.pull") return JSON.stringify(job);
  return JSON.stringify([job.kind, job.deliver, [...new Set(job.terminals)].sort()]);
}
