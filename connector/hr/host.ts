import type { HrKind, HrSite } from "@tandem/contracts/domain/hr-site.ts";
import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import type { HrDirectory } from "./directory.ts";

/** An API user's key, as the HR app issues it. */
export interface HrCredentials {
  readonly key: string;
  readonly secret: string;
}

export interface HrAccess extends Pick<HrSite, "origin" | "zone" | "zoneSource"> {
  readonly credentials: HrCredentials;
}

/** One kind of HR app. */
export interface HrHost {
  readonly kind: HrKind;
  /** The origin of an address as an operator enters it. Throws `hr.bad-url` or `hr.insecure`. */
  readUrl(text: string): Promise<HrSiteOrigin>;
  /** Sends nothing yet. */
  open(access: HrAccess): HrDirectory;
}
