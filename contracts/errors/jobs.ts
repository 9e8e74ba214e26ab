import { lasting } from "./spec.ts";

/** Failures about jobs. */
export const jobErrors = {
  "jobs.unknown": lasting(404),
  "jobs.nothing-to-retry": lasting(409),
  "jobs.finished": lasting(409),
  "jobs.unsupported": lasting(409),
} as const;
