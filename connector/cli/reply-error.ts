import { type ErrorDetails, isErrorCode, TandemError } from "@tandem/contracts/errors.ts";

/** A failure that a reply tells of, as an error; details that are no single values are left to the reply itself. */
export function replyError(code: string | null, details: Readonly<Record<string, unknown>>): TandemError {
  const plain = Object.entries(details).filter((entry): entry is [string, ErrorDetails[string]] => isSingle(entry[1]));
  if (code === null || !isErrorCode(code)) return new TandemError("internal.unexpected", Object.fromEntries(plain));
  return new TandemError(code, Object.fromEntries(plain));
}

function isSingle(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
