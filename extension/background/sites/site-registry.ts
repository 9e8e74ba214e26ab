import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";
import type { GrantedSite } from "@tandem/contracts/messages.ts";

import { permissionOf } from "./match-patterns.ts";
import { packagedFiles, planScripts, scriptsFor, type SiteScript } from "./script-plan.ts";
import type { SiteStore } from "./site-store.ts";

/** What the registry needs of the browser. */
export interface SiteHost {
  /** Files of the content script as the manifest lists them. */
  readonly listedFiles: readonly string[];
  /** Root address of the extension. */
  readonly root: string;
  isGranted(pattern: string): Promise<boolean>;
  /** Gives a permission back; one that the manifest itself requires stays. */
  revoke(pattern: string): Promise<void>;
  registered(): Promise<readonly SiteScript[]>;
  register(scripts: readonly SiteScript[]): Promise<void>;
  unregister(ids: readonly string[]): Promise<void>;
  /** Runs the script in tabs that are open already. */
  inject(script: SiteScript): Promise<void>;
}

/** Which HR sites carry Tandem's content script. The browser's own list is repaired to match whenever it may differ. */
export class SiteRegistry {
  readonly #sites: SiteStore;
  readonly #host: SiteHost;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(sites: SiteStore, host: SiteHost) {
    this.#sites = sites;
    this.#host = host;
  }

  async list(): Promise<GrantedSite[]> {
    const sites = await this.#sites.list();
    return Promise.all(
      sites.map(async ({ origin, kind }) => ({
        origin,
        kind,
        granted: await this.#host.isGranted(permissionOf(origin)),
      })),
    );
  }

  /** Whether a page of this origin may speak to the background: exact origin, and the permission still there. */
  async isGranted(origin: string): Promise<boolean> {
    const site = await this.#sites.find(origin);
    return site !== null && (await this.#host.isGranted(permissionOf(site.origin)));
  }

  /** After the user has granted the permission. Registering alone would succeed without it and never run. */
  async add(origin: HrSiteOrigin): Promise<void> {
    if (!(await this.#host.isGranted(permissionOf(origin)))) throw new TandemError("browser.not-granted", { origin });
    await this.#sites.add(origin);
    await this.sync();
    for (const script of scriptsFor([origin], this.#files())) await this.#host.inject(script);
  }

  async remove(origin: HrSiteOrigin): Promise<void> {
    await this.#sites.remove(origin);
    const others = await this.#sites.list();
    const pattern = permissionOf(origin);
    if (others.every((site) => permissionOf(site.origin) !== pattern)) await this.#host.revoke(pattern);
    await this.sync();
  }

  /** Brings the browser's registered scripts to what is granted now; calls run one after the other. */
  sync(): Promise<void> {
    const turn = this.#turn.then(() => this.#repair());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** After an update: pages that are open run the old script, which can no longer reach this background. */
  async renew(): Promise<void> {
    await this.sync();
    for (const script of await this.#wanted()) await this.#host.inject(script);
  }

  async #repair(): Promise<void> {
    const plan = planScripts(await this.#wanted(), await this.#host.registered());
    if (plan.remove.length > 0) await this.#host.unregister(plan.remove);
    if (plan.add.length > 0) await this.#host.register(plan.add);
  }

  async #wanted(): Promise<SiteScript[]> {
    const granted = (await this.list()).filter((site) => site.granted);
    return scriptsFor(
      granted.map((site) => site.origin),
      this.#files(),
    );
  }

  #files(): string[] {
    return packagedFiles(this.#host.listedFiles, this.#host.root);
  }
}
