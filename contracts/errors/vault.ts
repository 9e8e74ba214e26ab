import { lasting, passing } from "./spec.ts";

/** Failures of the sealed templates and of the recovery key. */
export const vaultErrors = {
  "vault.template-missing": lasting(404),
  "vault.template-damaged": lasting(500),
  "vault.template-size": lasting(400),
  "vault.recovery-mistyped": lasting(400),
  "vault.recovery-wrong": lasting(403),
  "vault.recovery-missing": lasting(404),
  "vault.recovery-exists": lasting(409),
  "vault.no-recovery-key": lasting(409),
  "vault.unconfirmed": lasting(409),
  "vault.not-destroyed": passing(503),
} as const;
