import { z } from "zod";

import { JobId } from "@tandem/contracts/domain/ids.ts";
import { JobItemState, JobState, type JobItem, type JobView, NewJob } from "@tandem/contracts/domain/job.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Row } from "../store/schema.ts";
import type { Store, Tx } from "../store/store.ts";

const Facts = z.record(z.string(), z.unknown());
const Failure = z.object({ code: z.string(), details: Facts });

/** States a job leaves by itself. */
export const ENDED: readonly JobState[] = ["done", "failed", "cancelled"];

/** A job as it is worked on. */
export interface BookedJob {
  readonly id: JobId;
  readonly job: NewJob;
  readonly state: JobState;
  readonly actor: string;
}

/** Jobs and their items in the store. */
export class JobBook {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async enter(tx: Tx, { id, job, actor }: BookedJob, keys: readonly string[], at: Instant): Promise<void> {
    await tx
      .insertInto("jobs")
      .values({
        id,
        kind: job.kind,
        params: JSON.stringify(job),
        state: "queued",
        actor,
        created_at: at,
        started_at: null,
        finished_at: null,
        error: null,
      })
      .execute();
    const fresh = { job_id: id, state: "waiting", attempts: 0, done: 0, total: null, result: null, error: null };
    const items = keys.map((key, position) => ({ ...fresh, key, position }));
    if (items.length > 0) await tx.insertInto("job_items").values(items).execute();
  }

  /** Errors: `jobs.unknown`, `jobs.unsupported`. */
  async get(id: JobId): Promise<BookedJob> {
    const row = await this.#store.db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new TandemError("jobs.unknown", { id });
    return toBooked(row);
  }

  /** Without those that this version cannot do. */
  async unfinished(): Promise<BookedJob[]> {
    const rows = await this.#store.db
      .selectFrom("jobs")
      .selectAll()
      .where("state", "not in", ENDED)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return rows.filter(isKnown).map(toBooked);
  }

  /**
   * Ends what only another version, which stored it, can do: such a job must neither wait for ever nor keep others
   * from being started.
   */
  async endUnknown(tx: Tx, at: Instant): Promise<void> {
    const rows = await tx.selectFrom("jobs").selectAll().where("state", "not in", ENDED).execute();
    for (const { id, kind } of rows.filter((row) => !isKnown(row))) {
      await this.cancelWaiting(tx, JobId.parse(id));
      const error = JSON.stringify({ code: "jobs.unsupported", details: { kind } });
      await tx.updateTable("jobs").set({ state: "failed", finished_at: at, error }).where("id", "=", id).execute();
    }
  }

  async view(id: JobId): Promise<JobView> {
    const row = await this.#store.db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new TandemError("jobs.unknown", { id });
    return toView(row, await this.items(id));
  }

  /** Newest first. */
  async views(limit: number): Promise<JobView[]> {
    const rows = await this.#store.db
      .selectFrom("jobs")
      .selectAll()
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(limit)
      .execute();
    return Promise.all(rows.map(async (row) => toView(row, await this.items(JobId.parse(row.id)))));
  }

  async items(id: JobId): Promise<JobItem[]> {
    const rows = await this.#store.db
      .selectFrom("job_items")
      .selectAll()
      .where("job_id", "=", id)
      .orderBy("position")
      .execute();
    return rows.map(toItem);
  }

  async setState(tx: Tx, id: JobId, state: JobState, at: Instant): Promise<void> {
    await tx
      .updateTable("jobs")
      .set((job) => ({
        state,
        ...(ENDED.includes(state) ? { finished_at: at } : {}),
        // A restart goes on with the same job.
        ...(state === "running" ? { started_at: job.fn.coalesce("started_at", job.val(at)) } : {}),
      }))
      .where("id", "=", id)
      .execute();
  }

  /** Errors: `jobs.unknown`. Read in the transaction that decides on it. */
  async stateOf(tx: Tx, id: JobId): Promise<JobState> {
    const row = await tx.selectFrom("jobs").select("state").where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new TandemError("jobs.unknown", { id });
    return JobState.parse(row.state);
  }

  async itemStates(tx: Tx, id: JobId): Promise<Pick<JobItem, "key" | "state">[]> {
    const rows = await tx
      .selectFrom("job_items")
      .select(["key", "state"])
      .where("job_id", "=", id)
      .orderBy("position")
      .execute();
    return rows.map(({ key, state }) => ({ key, state: JobItemState.parse(state) }));
  }

  /** Makes items wait again, and the job with them. */
  async reopen(tx: Tx, id: JobId, keys: readonly string[]): Promise<void> {
    await tx
      .updateTable("job_items")
      .set({ state: "waiting", error: null, result: null, done: 0, total: null })
      .where("job_id", "=", id)
      .where("key", "in", keys)
      .execute();
    await tx
      .updateTable("jobs")
      .set({ state: "queued", finished_at: null, error: null })
      .where("id", "=", id)
      .execute();
  }

  /** What a killed process was doing is waiting again. */
  async releaseRunning(id: JobId): Promise<void> {
    await this.#store.db
      .updateTable("job_items")
      .set({ state: "waiting" })
      .where("job_id", "=", id)
      .where("state", "=", "running")
      .execute();
  }

  async cancelWaiting(tx: Tx, id: JobId): Promise<void> {
    await tx
      .updateTable("job_items")
      .set({ state: "cancelled" })
      .where("job_id", "=", id)
      .where("state", "in", ["waiting", "running"])
      .execute();
  }

  async beginItem(id: JobId, key: string): Promise<void> {
    await this.#store.db
      .updateTable("job_items")
      .set((item) => ({ state: "running", attempts: item("attempts", "+", 1) }))
      .where("job_id", "=", id)
      .where("key", "=", key)
      .execute();
  }

  async noteItem(id: JobId, key: string, change: Partial<Row<"job_items">>): Promise<void> {
    await this.#store.db.updateTable("job_items").set(change).where("job_id", "=", id).where("key", "=", key).execute();
  }
}

function isKnown(row: Row<"jobs">): boolean {
  return NewJob.safeParse(JSON.parse(row.params)).success;
}

function toBooked(row: Row<"jobs">): BookedJob {
  const job = NewJob.safeParse(JSON.parse(row.params));
  if (!job.success) throw new TandemError("jobs.unsupported", { kind: row.kind });
  return {
    id: JobId.parse(row.id),
    job: job.data,
    state: JobState.parse(row.state),
    actor: row.actor,
  };
}

function toView(row: Row<"jobs">, items: JobItem[]): JobView {
  return {
    id: JobId.parse(row.id),
    kind: row.kind,
    state: JobState.parse(row.state),
    createdAt: Instant.parse(row.created_at),
    startedAt: row.started_at === null ? null : Instant.parse(row.started_at),
    finishedAt: row.finished_at === null ? null : Instant.parse(row.finished_at),
    actor: row.actor,
    items,
    error: row.error === null ? null : Failure.parse(JSON.parse(row.error)),
  };
}

function toItem(row: Row<"job_items">): JobItem {
  return {
    key: row.key,
    state: JobItemState.parse(row.state),
    attempts: row.attempts,
    done: row.done,
    total: row.total,
    result: row.result === null ? null : Facts.parse(JSON.parse(row.result)),
    error: row.error === null ? null : Failure.parse(JSON.parse(row.error)),
  };
}
