import { lasting } from "./spec.ts";

/** Reasons why an enrolment is not copied to a terminal. */
export const copyErrors = {
  "copy.not-enrolled": lasting(409),
  "copy.other-id-space": lasting(409),
  "copy.other-algorithm": lasting(409),
  "copy.other-id-here": lasting(409),
  "copy.finger-differs": lasting(409),
  "copy.users-full": lasting(409),
  "copy.fingers-full": lasting(409),
  "copy.not-linked": lasting(409),
  "copy.card-differs": lasting(409),
  "copy.password-differs": lasting(409),
  "copy.source-changed": lasting(409),
} as const;
