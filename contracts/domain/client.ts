import { z } from "zod";

import { ClientId } from "./ids.ts";
import { Instant } from "./time.ts";

/** Public facts about a paired browser profile. */
export const PairedClient = z.object({
  clientId: ClientId,
  label: z.string(),
  /** `chrome-extension://…` or `moz-extension://…`, pinned at pairing. */
  origin: z.string(),
  /** Four words that both sides show. */
  fingerprint: z.string(),
  pairedAt: Instant,
  lastSeenAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type PairedClient = z.infer<typeof PairedClient>;
