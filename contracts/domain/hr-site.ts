import { z } from "zod";

import { HrSiteOrigin } from "./ids.ts";
import { Instant, Zone } from "./time.ts";

export const HrKind = z.enum(["frappe"]);
export type HrKind = z.infer<typeof HrKind>;

/** The HR site as lists show it; credentials are sealed in the store and never shown. */
export const HrSite = z.object({
  origin: HrSiteOrigin,
  kind: HrKind,
  user: z.string().nullable(),
  zone: Zone.nullable(),
  /** Where the zone is from: the page's boot data, the site clock's offset, or the operator. */
  zoneSource: z.enum(["page", "clock", "operator"]).nullable(),
  version: z.string().nullable(),
  connectedAt: Instant,
});
export type HrSite = z.infer<typeof HrSite>;

/** One line of `hr check`. `ok: null` = could not be found out. */
export const HrFinding = z.object({
  id: z.enum(["reachable", "credentials", "version", "user", "roles", "zone", "clock", "permission", "time-kept"]),
  ok: z.boolean().nullable(),
  /** Error code that explains a finding that is not ok. */
  code: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type HrFinding = z.infer<typeof HrFinding>;

export const HrCheck = z.object({
  origin: HrSiteOrigin,
  ok: z.boolean(),
  user: z.string().nullable(),
  roles: z.array(z.string()),
  versions: z.object({ frappe: z.string().nullable(), erpnext: z.string().nullable(), hrms: z.string().nullable() }),
  zone: Zone.nullable(),
  clockSkewSeconds: z.number().nullable(),
  findings: z.array(HrFinding),
});
export type HrCheck = z.infer<typeof HrCheck>;
