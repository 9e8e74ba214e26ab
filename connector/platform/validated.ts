import type { z } from "zod";

import { TandemError } from "@tandem/contracts/errors.ts";

/** The value as the schema has it. Errors: `request.invalid`, naming the first field and what is wrong with it. */
export function validated<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TandemError("request.invalid", {
    field: issue === undefined || issue.path.length === 0 ? "body" : issue.path.map(String).join("."),
    problem: issue?.message ?? "not valid",
  });
}
