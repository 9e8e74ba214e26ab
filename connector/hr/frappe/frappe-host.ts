import type nodeFetch from "node-fetch";

import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";

import type { Clock } from "../../platform/clock.ts";
import type { HrDirectory } from "../directory.ts";
import type { HrAccess, HrHost } from "../host.ts";

import { FrappeDirectory } from "./frappe-directory.ts";
import { type Lookup, readSiteUrl, refuseOpenHttp } from "./site-url.ts";

export interface FrappeHostParts {
  readonly clock: Clock;
  /** All addresses of a host name. */
  readonly lookup: Lookup;
  /** This PC's zone. */
  readonly localZone: Zone;
  readonly random: () => number;
  readonly fetch?: typeof nodeFetch;
}

/** Frappe HR 14, 15 and 16. */
export class FrappeHost implements HrHost {
  readonly kind = "frappe";
  readonly #parts: FrappeHostParts;

  constructor(parts: FrappeHostParts) {
    this.#parts = parts;
  }

  async readUrl(text: string): Promise<HrSiteOrigin> {
    const origin = readSiteUrl(text);
    await refuseOpenHttp(origin, this.#parts.lookup);
    return origin;
  }

  open(access: HrAccess): HrDirectory {
    return new FrappeDirectory({ ...this.#parts, ...access });
  }
}
