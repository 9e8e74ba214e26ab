import { lasting } from "./spec.ts";

/** Failures about people, ID spaces and ID links. */
export const peopleErrors = {
  "people.unknown": lasting(404),
  "ids.overlap": lasting(409),
  "ids.unknown-link": lasting(404),
} as const;
