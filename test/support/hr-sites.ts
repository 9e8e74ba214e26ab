import { Zone } from "@tandem/contracts/domain/time.ts";

import { FrappeHost } from "../../connector/hr/frappe/frappe-host.ts";
import { HrSites } from "../../connector/hr/hr-sites.ts";
import type { Clock } from "../../connector/platform/clock.ts";
import { openSettings, type Settings } from "../../connector/settings/settings.ts";
import type { Data } from "../../connector/store/open-data.ts";

/** The HR sites of a data folder, over a real client. */
export async function openHrSites(data: Data, clock: Clock): Promise<{ sites: HrSites; settings: Settings }> {
  const settings = await openSettings(data.folder, clock);
  const host = new FrappeHost({
    clock,
    lookup: () => Promise.resolve([]),
    localZone: Zone.parse("Asia/Ho_Chi_Minh"),
    random: Math.random,
  });
  return { sites: new HrSites({ ...data, settings, clock, hosts: { frappe: host } }), settings };
}
