import { lasting, passing } from "./spec.ts";

/** Refusals of plans: copying to terminals, moving people to new IDs, removing those who left. */
export const planErrors = {
  "plan.unknown": lasting(404),
  "plan.other-kind": lasting(409),
  "plan.no-people": lasting(400),
  "plan.people-failed": passing(502),
  "plan.unfinished": passing(409),
  "plan.same-terminal": lasting(400),
  "plan.id-taken": lasting(409),
  "plan.no-new-id": lasting(409),
  "plan.no-old-id": lasting(409),
  "plan.several-ids": lasting(409),
  "plan.person-active": lasting(409),
  "plan.no-leaving-date": lasting(409),
  "plan.still-punching": lasting(409),
  "plan.too-early": lasting(409),
} as const;
