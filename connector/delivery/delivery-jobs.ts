import type { HrSite } from "@tandem/contracts/domain/hr-site.ts";

import type { HrDirectory } from "../hr/directory.ts";
import type { JobHandler } from "../jobs/jobs.ts";
import type { People } from "../people/people.ts";

import type { Delivery } from "./delivery.ts";

export interface JobSites {
  /** Throws `hr.not-connected`. */
  requireCurrent(): HrSite;
  directoryFor(site: HrSite): Promise<HrDirectory>;
}

/** `hr.deliver`: one item. Started by an operator, so what was refused before is tried again. */
export function deliverJob(delivery: Delivery, sites: JobSites): JobHandler<"hr.deliver"> {
  return {
    kind: "hr.deliver",
    concurrency: 1,
    plan: () => currentOrigin(sites),
    run: async (_params, _key, context) => ({
      ...(await delivery.deliverAgain((done, total) => context.progress(done, total), context.signal)),
    }),
  };
}

/** `people.sync`: one item. */
export function syncPeopleJob(people: People, sites: JobSites): JobHandler<"people.sync"> {
  return {
    kind: "people.sync",
    concurrency: 1,
    plan: () => currentOrigin(sites),
    async run() {
      const site = sites.requireCurrent();
      return { ...(await people.sync(site.origin, await sites.directoryFor(site), "connector")) };
    },
  };
}

/** The one item of both kinds; rejects with `hr.not-connected`. */
function currentOrigin(sites: JobSites): Promise<readonly string[]> {
  return Promise.resolve(sites).then((known) => [known.requireCurrent().origin]);
}
