import { z } from "zod";

import { IdSpaceId, PersonId, UserId } from "./ids.ts";
import { Instant, LocalDate } from "./time.ts";

/** Which system an ID belongs to during a migration. */
export const Scheme = z.enum(["old", "new"]);
export type Scheme = z.infer<typeof Scheme>;

/** What an operator says when linking. Dates are inclusive, in site time; null means open. */
export const NewIdLink = z
  .object({
    idSpace: IdSpaceId,
    userId: UserId,
    personId: PersonId,
    scheme: Scheme.default("new"),
    validFrom: LocalDate.nullable().default(null),
    validTo: LocalDate.nullable().default(null),
    why: z.string().max(500).default(""),
  })
  .refine((link) => link.validFrom === null || link.validTo === null || link.validFrom <= link.validTo, {
    path: ["validTo"],
    error: "must not lie before validFrom",
  });
export type NewIdLink = z.infer<typeof NewIdLink>;

/** (ID space, user ID) → person, with who said so and why. */
export const IdLink = z.object({
  id: z.string(),
  idSpace: IdSpaceId,
  userId: UserId,
  personId: PersonId,
  scheme: Scheme,
  validFrom: LocalDate.nullable(),
  validTo: LocalDate.nullable(),
  setBy: z.string(),
  setAt: Instant,
  why: z.string(),
});
export type IdLink = z.infer<typeof IdLink>;
