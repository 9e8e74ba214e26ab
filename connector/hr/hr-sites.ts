import { z } from "zod";

import { type HrCheck, type HrKind, HrSite } from "@tandem/contracts/domain/hr-site.ts";
import { type HrSiteOrigin, SecretRef } from "@tandem/contracts/domain/ids.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { StoredHrSite } from "../settings/settings-data.ts";
import type { Store } from "../store/store.ts";
import type { Secrets } from "../vault/vault.ts";

import type { HrDirectory } from "./directory.ts";
import { firstFailure } from "./first-failure.ts";
import type { HrCredentials, HrHost } from "./host.ts";

/** The part of the settings that this service needs. */
export interface HrSiteSettings {
  readonly hrSites: readonly StoredHrSite[];
  saveHrSite(site: StoredHrSite): Promise<void>;
}

export interface HrSitesParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly secrets: Secrets;
  readonly settings: HrSiteSettings;
  readonly clock: Clock;
  readonly hosts: Readonly<Record<HrKind, HrHost>>;
}

export interface NewHrSite {
  readonly kind: HrKind;
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The site's zone, where the operator knows it. */
  readonly zone?: Zone | undefined;
}

const Credentials = z.object({ key: z.string(), secret: z.string() });

/** The HR sites of this connector. The one connected last is the one that is delivered to. */
export class HrSites {
  readonly #parts: HrSitesParts;
  readonly #directories = new Map<HrSiteOrigin, HrDirectory>();

  constructor(parts: HrSitesParts) {
    this.#parts = parts;
  }

  /** Without credentials, the current one first. */
  list(): readonly HrSite[] {
    return [...this.#parts.settings.hrSites]
      .sort((a, b) => (a.connectedAt < b.connectedAt ? 1 : -1))
      .map((site) => HrSite.parse(site));
  }

  current(): HrSite | null {
    return this.list()[0] ?? null;
  }

  /** Throws `hr.not-connected`. */
  requireCurrent(): HrSite {
    const site = this.current();
    if (site === null) throw new TandemError("hr.not-connected");
    return site;
  }

  /** The way to a connected site; always the same one, because it keeps requests one after the other. */
  async directoryFor({ origin }: Pick<HrSite, "origin">): Promise<HrDirectory> {
    const known = this.#directories.get(origin);
    if (known !== undefined) return known;
    const site = this.#parts.settings.hrSites.find((one) => one.origin === origin);
    if (site === undefined) throw new TandemError("hr.not-connected");
    const sealed = await this.#parts.secrets.get(site.credentialRef);
    const credentials = Credentials.parse(JSON.parse(Buffer.from(sealed).toString("utf8")));
    return this.#directories.get(origin) ?? this.#open(site, credentials);
  }

  /**
   * Checks a site and keeps it, with its sealed credentials, only when everything needed is proven; what is missing is
   * in the findings. Throws `hr.bad-url` or `hr.insecure`.
   */
  async connect(request: NewHrSite, actor: string): Promise<HrCheck> {
    const host = this.#parts.hosts[request.kind];
    const origin = await host.readUrl(request.url);
    const credentials = { key: request.apiKey.trim(), secret: request.apiSecret.trim() };
    const known = this.#parts.settings.hrSites.find((site) => site.origin === origin);
    const { zone, zoneSource } = request.zone === undefined ? provenZone(known) : fromOperator(request.zone);
    const check = await host.open({ origin, credentials, zone, zoneSource }).check();
    if (!check.ok) {
      await this.#auditConnect(check, actor);
      return check;
    }
    const site: StoredHrSite = {
      origin,
      kind: request.kind,
      user: check.user,
      zone: check.zone,
      zoneSource: zoneSource ?? (check.zone === null ? null : "clock"),
      version: check.versions.frappe,
      connectedAt: instantOf(this.#parts.clock.now()),
      credentialRef: SecretRef.parse(`hr:${origin}`),
    };
    const sealed = Buffer.from(JSON.stringify(credentials), "utf8");
    await this.#auditConnect(check, actor, (tx) => this.#parts.secrets.put(site.credentialRef, sealed, tx));
    await this.#parts.settings.saveHrSite(site);
    this.#open(site, credentials);
    return check;
  }

  /** Checks the current site again. Throws `hr.not-connected`. */
  async check(): Promise<HrCheck> {
    const { origin } = this.requireCurrent();
    const check = await (await this.directoryFor({ origin })).check();
    const site = this.#parts.settings.hrSites.find((one) => one.origin === origin);
    if (check.ok && site !== undefined) {
      const zoneSource = site.zoneSource ?? (check.zone === null ? null : "clock");
      const { user, versions, zone } = check;
      await this.#replace({ ...site, user, version: versions.frappe, zone, zoneSource });
    }
    return check;
  }

  /** The zone as the site's own page states it: surer than any other source. Throws `hr.not-connected`. */
  async setZone(origin: HrSiteOrigin, zone: Zone, actor: string): Promise<readonly HrSite[]> {
    const site = this.#parts.settings.hrSites.find((one) => one.origin === origin);
    if (site === undefined) throw new TandemError("hr.not-connected");
    if (site.zone !== zone || site.zoneSource !== "page") {
      const detail = { zone, before: site.zone };
      await this.#parts.store.transaction((tx) =>
        this.#parts.audit.append(tx, { actor, action: "hr.zone", subject: origin, outcome: "succeeded", detail }),
      );
      await this.#replace({ ...site, zone, zoneSource: "page" });
    }
    return this.list();
  }

  /** A changed zone is what the next check must compare with, so the way to the site is made anew. */
  async #replace(site: StoredHrSite): Promise<void> {
    const before = this.#parts.settings.hrSites.find((one) => one.origin === site.origin);
    await this.#parts.settings.saveHrSite(site);
    if (before?.zone !== site.zone) this.#directories.delete(site.origin);
  }

  #open(site: StoredHrSite, credentials: HrCredentials): HrDirectory {
    const directory = this.#parts.hosts[site.kind].open({ ...site, credentials });
    this.#directories.set(site.origin, directory);
    return directory;
  }

  async #auditConnect(
    check: HrCheck,
    actor: string,
    effect: (tx: Parameters<Parameters<Store["transaction"]>[0]>[0]) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const failure = firstFailure(check);
    await this.#parts.store.transaction(async (tx) => {
      await effect(tx);
      await this.#parts.audit.append(tx, {
        actor,
        action: "hr.connect",
        subject: check.origin,
        outcome: failure === null ? "succeeded" : "failed",
        detail: failure === null ? { user: check.user } : { code: failure.code },
      });
    });
  }
}

/** A zone read off a clock is read off again; one that somebody stated is kept. */
function provenZone(site: HrSite | undefined): Pick<HrSite, "zone" | "zoneSource"> {
  const isStated = site !== undefined && site.zoneSource !== "clock";
  return isStated ? { zone: site.zone, zoneSource: site.zoneSource } : { zone: null, zoneSource: null };
}

function fromOperator(zone: Zone): Pick<HrSite, "zone" | "zoneSource"> {
  return { zone, zoneSource: "operator" };
}
