import { HrSiteOrigin, PersonId } from "@tandem/contracts/domain/ids.ts";
import type { LogType } from "@tandem/contracts/domain/punch.ts";
import { LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import type { HrEvent } from "../../connector/hr/directory.ts";
import { FrappeDirectory } from "../../connector/hr/frappe/frappe-directory.ts";
import type { Clock } from "../../connector/platform/clock.ts";
import { textOf } from "../doubles/frappe-site/data/value.ts";
import type { FrappeSite } from "../doubles/frappe-site/site.ts";

import { fastClock } from "./fast-clock.ts";

export interface DirectoryOptions {
  readonly key?: string;
  readonly secret?: string;
  readonly clock?: Clock;
  readonly zone?: string;
  readonly localZone?: string;
  readonly random?: () => number;
}

/** The product's way to a double, as its standard HR user unless told. */
export function directoryTo(site: FrappeSite | string, options: DirectoryOptions = {}): FrappeDirectory {
  const { key = "hr-key", secret = "hr-secret", zone, localZone = "Europe/Berlin" } = options;
  return new FrappeDirectory({
    origin: HrSiteOrigin.parse(typeof site === "string" ? site : site.origin),
    credentials: { key, secret },
    clock: options.clock ?? fastClock(),
    zone: zone === undefined ? null : Zone.parse(zone),
    zoneSource: zone === undefined ? null : "operator",
    localZone: Zone.parse(localZone),
    random: options.random ?? Math.random,
  });
}

export function event(personId: string, at: string, logType: LogType = "", device = "Gate 1"): HrEvent {
  return { personId: PersonId.parse(personId), at: LocalDateTime.parse(at), logType, device };
}

/** Checkins of the double as `employee time log_type`, sorted; a punch that is there twice stands twice. */
export function checkinsOf(site: FrappeSite): string[] {
  return site.data
    .rows("Employee Checkin")
    .map((row) => [row["employee"], row["time"], row["log_type"]].map(textOf).join(" "))
    .sort();
}
