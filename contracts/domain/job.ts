import { z } from "zod";

import { JobId, TerminalName } from "./ids.ts";
import { CopyRequest, MoveRequest, PlanId, RemoveRequest } from "./plan.ts";
import { Instant } from "./time.ts";

/** Long work that a client may start; the union grows with the features. */
export const NewJob = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("terminals.pull"),
    /** Empty means every terminal. */
    terminals: z.array(TerminalName).max(1000).default([]),
    /** Send what was read to the HR app in the same job. */
    deliver: z.boolean().default(true),
  }),
  z.object({ kind: z.literal("plans.make-copy"), request: CopyRequest }),
  z.object({ kind: z.literal("plans.make-move"), request: MoveRequest }),
  z.object({ kind: z.literal("plans.make-removal"), request: RemoveRequest }),
  /** Tried again for what failed before. */
  z.object({ kind: z.literal("plans.apply"), plan: PlanId }),
  z.object({ kind: z.literal("hr.deliver") }),
  z.object({ kind: z.literal("people.sync") }),
]);
export type NewJob = z.infer<typeof NewJob>;
export type JobKind = NewJob["kind"];

export const JobState = z.enum(["queued", "running", "done", "failed", "cancelling", "cancelled"]);
export type JobState = z.infer<typeof JobState>;

export const JobItemState = z.enum(["waiting", "running", "done", "failed", "cancelled"]);
export type JobItemState = z.infer<typeof JobItemState>;

/** One unit of a job (a terminal, the delivery, …) with its own result, so that what failed can be retried alone. */
export const JobItem = z.object({
  key: z.string(),
  state: JobItemState,
  attempts: z.number().int(),
  /** Units done of `total`: bytes of a log, punches of a delivery. */
  done: z.number(),
  total: z.number().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
});
export type JobItem = z.infer<typeof JobItem>;

export const JobView = z.object({
  id: JobId,
  kind: z.string(),
  state: JobState,
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** Who started it: a client label, `cli`, or `connector`. */
  actor: z.string(),
  items: z.array(JobItem),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
});
export type JobView = z.infer<typeof JobView>;

export const JobRef = z.object({ jobId: JobId });
