import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { Zone } from "@tandem/contracts/domain/time.ts";
import { isRetryable, hasCode } from "@tandem/contracts/errors.ts";

import type { ConnectorClient } from "./connection/client.ts";
import type { SiteRecord, SiteStore } from "./sites/site-store.ts";

/**
 * Passes the zone that an HR site's page states to the connector. It is kept until the connector has taken it: the page may
 * be open before the connector runs, is paired, or knows the site.
 */
export class ZoneReporter {
  readonly #sites: SiteStore;
  readonly #client: ConnectorClient;

  constructor(sites: SiteStore, client: ConnectorClient) {
    this.#sites = sites;
    this.#client = client;
  }

  async seen(origin: HrSiteOrigin, zone: Zone): Promise<void> {
    const site = await this.#sites.find(origin);
    if (site === null || (site.zone === zone && site.zoneSent)) return;
    await this.#sites.update(origin, { zone, zoneSent: false });
    await this.#send({ ...site, zone });
  }

  /** Sends what could not be sent before. */
  async flush(): Promise<void> {
    for (const site of await this.#sites.list()) {
      if (!site.zoneSent && site.zone !== null) await this.#send(site);
    }
  }

  async #send({ origin, zone }: SiteRecord): Promise<void> {
    try {
      await this.#client.call("hr.zone", { body: { origin, zone: Zone.parse(zone) } });
    } catch (error) {
      if (isRetryable(error) || hasCode(error, "hr.not-connected", ...UNPAIRED)) return;
      throw error;
    }
    await this.#sites.update(origin, { zone, zoneSent: true });
  }
}

/** The zone waits until there is somebody to tell. */
const UNPAIRED = [
  "browser.connector-blocked",
  "pairing.client-unknown",
  "pairing.client-revoked",
  "pairing.connector-not-proven",
] as const;
