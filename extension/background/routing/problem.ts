import type { TandemError } from "@tandem/contracts/errors.ts";
import type { Problem } from "@tandem/contracts/http.ts";

/** An error as it crosses `runtime.sendMessage`; the surface turns the code into text in its own language. */
export function problemOf(error: TandemError): Problem {
  return {
    type: `urn:tandem:${error.code}`,
    title: error.code,
    status: error.status,
    code: error.code,
    details: { ...error.details },
  };
}
