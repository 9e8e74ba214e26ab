import { type HrSiteOrigin, PersonId } from "@tandem/contracts/domain/ids.ts";
import { PersonStatus } from "@tandem/contracts/domain/person.ts";
import type { HoldReason } from "@tandem/contracts/domain/punch.ts";
import { Direction } from "@tandem/contracts/domain/terminal.ts";
import { LocalDate, LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import type { HrEvent } from "../hr/directory.ts";
import { isPresent, lastSyncOf } from "../people/presence.ts";
import { convertLocal, toLocal } from "../platform/zone-time.ts";
import type { Tx } from "../store/store.ts";

import { type Employment, FUTURE_TOLERANCE_MS, holdReason } from "./hold-reason.ts";
import type { LinkedPunch } from "./linked-punch.ts";
import { logTypeOf } from "./log-type.ts";

/** The HR site that is delivered to. */
export interface TargetSite {
  readonly origin: HrSiteOrigin;
  readonly zone: Zone;
}

/** What the HR app is to hold for a punch, or why nothing for now. */
export type Verdict = { readonly hold: HoldReason } | { readonly event: HrEvent };

/** Judges punches by what is known of people at one moment. */
export class Judge {
  readonly #site: TargetSite;
  readonly #latest: LocalDateTime;
  readonly #lastSync: string | null;
  /** Finding out that a name is a zone is slow, and a few terminals name the same zone for thousands of punches. */
  readonly #zones = new Map<string, Zone>();

  private constructor(site: TargetSite, now: number, lastSync: string | null) {
    this.#site = site;
    this.#latest = toLocal(site.zone, now + FUTURE_TOLERANCE_MS);
    this.#lastSync = lastSync;
  }

  static async in(tx: Tx, site: TargetSite, now: number): Promise<Judge> {
    return new Judge(site, now, await lastSyncOf(tx, site.origin));
  }

  judge(punch: LinkedPunch): Verdict {
    const at = convertLocal(this.#zone(punch.zone), this.#site.zone, LocalDateTime.parse(punch.at));
    const hold = holdReason({ at, person: this.#employment(punch), latest: this.#latest });
    if (hold !== null) return { hold };
    const direction = punch.direction === null ? "auto" : Direction.parse(punch.direction);
    const logType = logTypeOf(direction, punch.machine, punch.state);
    return { event: { personId: PersonId.parse(punch.person_id), at, logType, device: punch.terminal } };
  }

  #zone(name: string): Zone {
    const known = this.#zones.get(name);
    if (known !== undefined) return known;
    const zone = Zone.parse(name);
    this.#zones.set(name, zone);
    return zone;
  }

  #employment({ hr_site, synced_at, status, joined, left_on }: LinkedPunch): Employment | null {
    if (status === null || synced_at === null) return null;
    if (!isPresent({ hr_site, synced_at }, this.#site.origin, this.#lastSync)) return null;
    return {
      status: PersonStatus.parse(status),
      joined: LocalDate.nullable().parse(joined),
      left: LocalDate.nullable().parse(left_on),
    };
  }
}
