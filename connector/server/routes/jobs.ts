import type { TerminalName } from "@tandem/contracts/domain/ids.ts";
import type { NewJob } from "@tandem/contracts/domain/job.ts";

import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

type Ids = "jobs.start" | "jobs.list" | "jobs.get" | "jobs.retry" | "jobs.cancel";

export function jobRoutes(services: Services): RoutesNamed<Ids> {
  const { jobs } = services;
  return {
    "jobs.start": async ({ body }, caller) => {
      await refuseHopeless(services, body);
      return { jobId: await jobs.start(body, actorOf(caller)) };
    },
    "jobs.list": async () => ({ jobs: [...(await jobs.list())] }),
    "jobs.get": ({ params }) => jobs.get(params.id),
    "jobs.retry": async ({ params }, caller) => ({ jobId: await jobs.retry(params.id, actorOf(caller)) }),
    "jobs.cancel": async ({ params }, caller) => {
      await jobs.cancel(params.id, actorOf(caller));
      return { jobId: params.id };
    },
  };
}

/** A job that cannot work is refused at once, instead of failing where nobody looks. */
async function refuseHopeless({ terminals, plans, hrSites }: Services, job: NewJob): Promise<void> {
  for (const name of terminalsOf(job)) await terminals.get(name);
  if (job.kind === "plans.apply") await plans.get(job.plan);
  if (job.kind === "hr.deliver" || job.kind === "people.sync") hrSites.requireCurrent();
}

function terminalsOf(job: NewJob): readonly TerminalName[] {
  if (job.kind === "terminals.pull") return job.terminals;
  if (job.kind === "plans.make-copy") {
    const { from, to } = job.request;
    return from === "vault" ? to : [from, ...to];
  }
  return job.kind === "plans.make-move" || job.kind === "plans.make-removal" ? job.request.terminals : [];
}
