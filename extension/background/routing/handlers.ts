import { CATALOGUES } from "@tandem/contracts/catalogue/index.ts";
import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import type { JobView } from "@tandem/contracts/domain/job.ts";
import type { ConnectorReport } from "@tandem/contracts/messages.ts";

import type { ConnectorClient } from "../connection/client.ts";
import type { Identity, IdentityStore } from "../connection/identity.ts";
import type { ConnectorWatch } from "../connector-watch.ts";
import type { SettingsStore } from "../settings-store.ts";
import type { SiteRegistry } from "../sites/site-registry.ts";
import type { ZoneReporter } from "../zone-reporter.ts";

import type { Handlers } from "./router.ts";

export interface HandlerDeps {
  readonly client: ConnectorClient;
  readonly identities: IdentityStore;
  readonly watch: ConnectorWatch;
  readonly sites: SiteRegistry;
  readonly zones: ZoneReporter;
  readonly settings: SettingsStore;
  readonly pair: (code: string, label: string) => Promise<Identity>;
  /** Opens the set-up page, for a site when one asked. */
  readonly openSetup: (origin: string | null) => Promise<void>;
  /** Shows a fresh report on the toolbar button. */
  readonly show: (report: ConnectorReport) => Promise<void>;
}

/** What the background does for each message. Nothing is remembered between two messages: it may be killed in between. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { client, identities, watch, sites, zones, settings } = deps;
  return {
    "state.get": async () => {
      const report = await watch.report();
      await deps.show(report);
      return report;
    },
    "texts.get": async ({ pageLanguage }) => {
      const choice = (await settings.get()).language;
      const language = choice === "auto" ? pageLanguage : choice;
      return { language, catalogue: CATALOGUES[language] };
    },
    "settings.get": () => settings.get(),
    "settings.set": (body) => settings.set(body),
    "site.seen": async ({ zone }, { origin }) => {
      if (origin !== null) await zones.seen(HrSiteOrigin.parse(origin), zone);
      return {};
    },
    "pull.start": async ({ terminals }) => {
      // Two tabs, or two clicks, are one reading: the second one joins the first.
      const running = await newestPull(client);
      if (running !== null && isUnderWay(running)) return { jobId: running.id };
      return client.call("jobs.start", { body: { kind: "terminals.pull", terminals, deliver: true } });
    },
    "pull.current": async () => ({ job: await newestPull(client) }),
    "job.get": ({ id }) => client.call("jobs.get", { params: { id } }),
    "job.retry": ({ id }) => client.call("jobs.retry", { params: { id } }),
    "job.cancel": ({ id }) => client.call("jobs.cancel", { params: { id } }),
    "setup.open": async (_body, { origin }) => {
      await deps.openSetup(origin);
      return {};
    },
    "pair.start": async ({ code, label }) => {
      const identity = await deps.pair(code, label);
      await identities.save(identity);
      client.reset();
      await deps.show(await watch.report());
      return { fingerprint: identity.fingerprint };
    },
    "pair.forget": async () => {
      await identities.clear();
      client.reset();
      await deps.show(await watch.report());
      return {};
    },
    "pairing.get": async () => {
      const identity = await identities.load();
      if (identity === null) return { pairing: null };
      const { label, fingerprint, port, pairedAt } = identity;
      return { pairing: { label, fingerprint, port, pairedAt } };
    },
    "sites.list": async () => ({ sites: await sites.list() }),
    "sites.add": async ({ origin }) => {
      await sites.add(origin);
      return { sites: await sites.list() };
    },
    "sites.remove": async ({ origin }) => {
      await sites.remove(origin);
      return { sites: await sites.list() };
    },
    "terminals.list": () => client.call("terminals.list"),
    "hr.sites": () => client.call("hr.sites"),
  };
}

async function newestPull(client: ConnectorClient): Promise<JobView | null> {
  const { jobs } = await client.call("jobs.list");
  return jobs.find((job) => job.kind === "terminals.pull") ?? null;
}

function isUnderWay(job: JobView): boolean {
  return job.state === "queued" || job.state === "running";
}
