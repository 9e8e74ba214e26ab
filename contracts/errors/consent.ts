import { lasting } from "./spec.ts";

/** Refusals of biometric work: no consent on record, or biometrics switched off on this site. */
export const consentErrors = {
  "consent.missing": lasting(403),
  "consent.biometrics-off": lasting(403),
} as const;
