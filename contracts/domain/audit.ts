import { z } from "zod";

import { Instant } from "./time.ts";

/** One link of the hash chain (`browser-and-localhost.md` §10). `detail` never holds personal or biometric payload. */
export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Instant,
  /** `cli`, `connector`, or `client:<clientId>`. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  outcome: z.enum(["requested", "succeeded", "failed", "refused"]),
  detail: z.record(z.string(), z.unknown()),
  prevHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditVerdict = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  /** First entry whose hash or link does not fit. */
  brokenAt: z.number().int().nullable(),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
