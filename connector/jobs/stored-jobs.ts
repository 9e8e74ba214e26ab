import { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobItem, JobView, NewJob } from "@tandem/contracts/domain/job.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Store } from "../store/store.ts";

import { type BookedJob, ENDED, JobBook } from "./job-book.ts";
import type { JobHandler, JobItemContext, Jobs } from "./jobs.ts";
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

  constructor(parts: JobsParts) {
    this.#parts = parts;
    this.#book = new JobBook(parts.store);
  }

  /** The same work asked for twice, while it is under way, is one job. */
  async start(job: NewJob, actor: string): Promise<JobId> {
    const same = (await this.#book.unfinished()).find(
      (other) => this.#runs.has(other.id) && JSON.stringify(other.job) === JSON.stringify(job),
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

  /** Runs the failed items of the same job again. Errors: `jobs.unknown`, `jobs.nothing-to-retry`. */
  async retry(id: JobId, actor: string): Promise<JobId> {
    const booked = await this.#book.get(id);
    if (this.#runs.has(id)) throw new TandemError("jobs.nothing-to-retry", { id });
    await this.#parts.store.transaction(async (tx) => {
      const items = await this.#book.reopenFailed(tx, id);
      if (items === 0) throw new TandemError("jobs.nothing-to-retry", { id });
      const detail = { kind: booked.job.kind, items };
      await this.#parts.audit.append(tx, { actor, action: "jobs.retry", subject: id, outcome: "requested", detail });
    });
    this.#launch(booked);
    return id;
  }

  /** Errors: `jobs.unknown`, `jobs.finished`. */
  async cancel(id: JobId, actor: string): Promise<void> {
    const booked = await this.#book.get(id);
    if (ENDED.includes(booked.state)) throw new TandemError("jobs.finished", { id });
    const { store, audit, clock } = this.#parts;
    await store.transaction(async (tx) => {
      await this.#book.setState(tx, id, "cancelling", instantOf(clock.now()));
      await audit.append(tx, { actor, action: "jobs.cancel", subject: id, outcome: "requested" });
    });
    const run = this.#runs.get(id);
    if (run === undefined) return;
    run.why = "cancel";
    run.stop.abort(new Error("cancelled"));
  }

  async finished(id: JobId): Promise<JobView> {
    await this.#runs.get(id)?.ended;
    return this.#book.view(id);
  }

  async resume(): Promise<void> {
    for (const booked of await this.#book.unfinished()) {
      if (this.#runs.has(booked.id)) continue;
      await this.#book.releaseRunning(booked.id);
      this.#launch(booked);
    }
  }

  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const run of runs) {
      run.why ??= "stop";
      run.stop.abort(new Error("the connector stops"));
    }
    await Promise.all(runs.map((run) => run.ended));
  }

  #launch(booked: BookedJob): void {
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

  async #runItem({ id, job }: BookedJob, key: string, run: Run): Promise<void> {
    await this.#book.beginItem(id, key);
    try {
      const result = await this.#handler(job).run(job, key, this.#context(id, key, run));
      await this.#book.noteItem(id, key, {
        ...run.progress.get(key),
        state: "done",
        result: JSON.stringify(result),
        error: null,
      });
    } catch (error) {
      if (run.why === "stop") await this.#book.noteItem(id, key, { state: "waiting" });
      else if (run.why === "cancel") await this.#book.noteItem(id, key, { state: "cancelled" });
      else await this.#noteFailure(id, key, error);
    } finally {
      run.progress.delete(key);
    }
  }

  async #noteFailure(id: JobId, key: string, error: unknown): Promise<void> {
    const known = toTandemError(error);
    if (hasCode(known, "internal.unexpected"))
      this.#parts.log.error({ err: error, job: id }, "a job item failed unexpectedly");
    const failure = JSON.stringify({ code: known.code, details: known.details });
    await this.#book.noteItem(id, key, { state: "failed", error: failure });
  }

  #context(id: JobId, key: string, run: Run): JobItemContext {
    let written = this.#parts.clock.now();
    return {
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
      const rows = await tx.selectFrom("job_items").select("state").where("job_id", "=", id).execute();
      const failed = rows.filter(({ state }) => state === "failed").length;
      const state = isCancelled ? "cancelled" : failed > 0 ? "failed" : "done";
      await this.#book.setState(tx, id, state, instantOf(clock.now()));
      const detail = { kind: job.kind, items: rows.length, failed, cancelled: isCancelled };
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

/** Keys of one phase (`phase:name`) run together, phases one after the other in the order of their first key. */
function phasesOf(keys: readonly string[]): string[][] {
  const phases = new Map<string, string[]>();
  for (const key of keys) {
    const phase = key.slice(0, key.indexOf(":") + 1);
    phases.set(phase, [...(phases.get(phase) ?? []), key]);
  }
  return [...phases.values()];
}
