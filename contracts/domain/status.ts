import { z } from "zod";

/** What `tandem status` and the popup show. */
export const Status = z.object({
  version: z.string(),
  port: z.number().int(),
  ready: z.literal(true),
  clients: z.number().int(),
  terminals: z.number().int(),
  quarantined: z.number().int(),
  undelivered: z.number().int(),
});
export type Status = z.infer<typeof Status>;
