import { TandemError } from "@tandem/contracts/errors.ts";

import type { Caller, RouteHandlers } from "../server/route-handlers.ts";
import type { Services } from "../services.ts";
import { readStatus } from "../status.ts";

/** The API's routes, answered by the services. */
export function routeHandlers(services: Services, port: () => number): RouteHandlers {
  const { terminals, ledger, people, links, hrSites, jobs } = services;
  return {
    "status.get": () => readStatus(services, port()),
    "terminals.list": async () => ({ terminals: await terminals.list() }),
    "terminals.add": ({ body }, caller) => terminals.add(body, actorOf(caller)),
    "terminals.remove": async ({ params }, caller) => {
      await terminals.remove(params.name, actorOf(caller));
      return undefined;
    },
    "terminals.check": ({ params }) => terminals.check(params.name),
    "punches.list": async ({ query }) => ({ punches: [...(await ledger.list(query))] }),
    "quarantine.list": async () => ({ ids: [...(await ledger.quarantine())] }),
    "people.list": async () => ({ people: [...(await people.list())] }),
    "ids.list": async () => ({ links: [...(await links.list())] }),
    "ids.link": ({ body }, caller) => links.link(body, actorOf(caller)),
    "hr.sites": () => Promise.resolve({ sites: [...hrSites.list()] }),
    "hr.zone": async ({ body }, caller) => ({
      sites: [...(await hrSites.setZone(body.origin, body.zone, actorOf(caller)))],
    }),
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

async function refuseUnknown({ terminals }: Services, wanted: readonly string[]): Promise<void> {
  const known = new Set<string>((await terminals.list()).map(({ name }) => name));
  const name = wanted.find((one) => !known.has(one));
  if (name !== undefined) throw new TandemError("terminal.unknown", { name });
}

function actorOf({ clientId }: Caller): string {
  return `client:${clientId}`;
}
