import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

/**
 * A denial by the browser looks like a dead port to `fetch`; only the permission tells them apart
 * (`browser-and-localhost.md` §1.2).
 */
export async function explainSilence(error: unknown, isBlocked: () => Promise<boolean>): Promise<unknown> {
  if (!hasCode(error, "browser.connector-offline") || !(await isBlocked())) return error;
  return new TandemError("browser.connector-blocked", {}, { cause: error });
}
