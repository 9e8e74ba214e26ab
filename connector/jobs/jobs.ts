import type { JobId } from "@tandem/contracts/domain/ids.ts";
import type { JobView, NewJob } from "@tandem/contracts/domain/job.ts";

/** What a handler sees of its job while working on one item. */
export interface JobItemContext {
  /** Who started the job, for the audit. */
  readonly actor: string;
  readonly signal: AbortSignal;
  /** Units done of `total`; written to the store at most a few times a second. */
  readonly progress: (done: number, total: number | null) => void;
}

/**
 * How one kind of job is done: first its items (stored, so that a restart knows what is left), then each item alone.
 * `run` must be repeatable: after a kill the item that was running is run again. It may end by itself after its signal
 * was aborted; if it throws then, the item was not done.
 */
export interface JobHandler<K extends NewJob["kind"] = NewJob["kind"]> {
  readonly kind: K;
  /** How many items may run at once. */
  readonly concurrency: number;
  /** Keys of the items, in order. Groups of keys that start with the same `phase:` run one phase after the other. */
  plan(params: Extract<NewJob, { kind: K }>): Promise<readonly string[]>;
  run(params: Extract<NewJob, { kind: K }>, key: string, context: JobItemContext): Promise<Record<string, unknown>>;
}

/** Long work with progress, per-item results, resume after a kill, retry of what failed, and cancel. */
export interface Jobs {
  start(job: NewJob, actor: string): Promise<JobId>;
  get(id: JobId): Promise<JobView>;
  /** Newest first. */
  list(limit?: number): Promise<readonly JobView[]>;
  /** Runs what failed again, and then what comes in later phases. */
  retry(id: JobId, actor: string): Promise<JobId>;
  cancel(id: JobId, actor: string): Promise<void>;
  /** Resolves with the job once it has ended. */
  finished(id: JobId): Promise<JobView>;
  /** Takes up what a killed process left. */
  resume(): Promise<void>;
  /** Lets running items reach a safe point and stops; they are resumed at the next start. */
  stop(): Promise<void>;
}
