import { browserErrors } from "./errors/browser.ts";
import { cliErrors } from "./errors/cli.ts";
import { consentErrors } from "./errors/consent.ts";
import { copyErrors } from "./errors/copy.ts";
import { fleetErrors } from "./errors/fleet.ts";
import { hrErrors } from "./errors/hr.ts";
import { importErrors } from "./errors/import.ts";
import { jobErrors } from "./errors/jobs.ts";
import { pairingErrors } from "./errors/pairing.ts";
import { peopleErrors } from "./errors/people.ts";
import { planErrors } from "./errors/plan.ts";
import { requestErrors } from "./errors/request.ts";
import type { ErrorSpec } from "./errors/spec.ts";
import { storeErrors } from "./errors/store.ts";
import { terminalErrors } from "./errors/terminal.ts";
import { vaultErrors } from "./errors/vault.ts";

/** Every code the product can answer with, by layer. */
export const ERRORS = {
  ...terminalErrors,
  ...fleetErrors,
  ...hrErrors,
  ...pairingErrors,
  ...requestErrors,
  ...storeErrors,
  ...importErrors,
  ...peopleErrors,
  ...planErrors,
  ...consentErrors,
  ...vaultErrors,
  ...copyErrors,
  ...jobErrors,
  ...cliErrors,
  ...browserErrors,
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;

/** Facts about a failure that may be shown and logged: never a secret, never biometric data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The product's one error class: what failed is the `code`; the text comes from the catalogue, in the user's language. */
export class TandemError extends Error {
  override readonly name = "TandemError";

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(code, options);
  }

  /** HTTP status this error answers with. */
  get status(): number {
    return ERRORS[this.code].status;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

export function hasCode<C extends ErrorCode>(error: unknown, ...codes: C[]): error is TandemError & { code: C } {
  return error instanceof TandemError && (codes as ErrorCode[]).includes(error.code);
}

/** Whether the same attempt may succeed later without anybody changing anything. */
export function isRetryable(error: unknown): error is TandemError {
  return error instanceof TandemError && ERRORS[error.code].retry;
}

/** Any thrown value as a TandemError; what is not one of ours becomes `internal.unexpected` with the cause kept. */
export function toTandemError(error: unknown): TandemError {
  return error instanceof TandemError ? error : new TandemError("internal.unexpected", {}, { cause: error });
}
