import { TandemError } from "@tandem/contracts/errors.ts";

import type { Services } from "../../services.ts";
import { actorOf, type RoutesNamed } from "../route-handlers.ts";

type Ids = "jobs.start" | "jobs.list" | "jobs.get" | "jobs.retry" | "jobs.cancel";

export function jobRoutes(services: Services): RoutesNamed<Ids> {
  const { jobs, hrSites } = services;
  return {
    "jobs.start": async ({ body }, caller) => {
      if (body.kind === "terminals.pull") await refuseUnknown(services, body.terminals);
      else hrSites.requireCurrent();
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
async function refuseUnknown({ terminals }: Services, wanted: readonly string[]): Promise<void> {
  const known = new Set<string>((await terminals.list()).map(({ name }) => name));
  const name = wanted.find((one) => !known.has(one));
  if (name !== undefined) throw new TandemError("terminal.unknown", { name });
}
