import type { HrCheck } from "@tandem/contracts/domain/hr-site.ts";
import { type ErrorDetails, isErrorCode, TandemError } from "@tandem/contracts/errors.ts";

/** The finding that makes a check fail, as an error; null for a check that is ok. */
export function firstFailure(check: HrCheck): TandemError | null {
  if (check.ok) return null;
  const finding = check.findings.find(({ id, ok }) => ok === false && id !== "clock");
  if (finding === undefined || finding.code === null || !isErrorCode(finding.code)) {
    return new TandemError("internal.unexpected", { finding: finding?.id ?? null });
  }
  return new TandemError(finding.code, plainDetails(finding.details));
}

/** Error details hold single values only; lists are shown in their finding. */
function plainDetails(details: Readonly<Record<string, unknown>>): ErrorDetails {
  const plain: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") plain[name] = value;
  }
  return plain;
}
