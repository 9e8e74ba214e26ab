import { z } from "zod";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import type { KeyValueStore } from "../key-value-store.ts";

/** An HR site of this browser. `zone` is what its page last said; `zoneSent` whether the connector has taken it. */
export const SiteRecord = z.object({
  origin: HrSiteOrigin,
  kind: z.enum(["frappe"]),
  zone: z.string().nullable(),
  zoneSent: z.boolean(),
});
export type SiteRecord = z.infer<typeof SiteRecord>;

const KEY = "sites";

/** HR sites in `storage.local`: not secret, and nothing there gives access by itself. */
export class SiteStore {
  readonly #store: KeyValueStore;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** A damaged entry counts as no sites: the set-up page shows it, and allowing the site again repairs it. */
  async list(): Promise<readonly SiteRecord[]> {
    return z
      .array(SiteRecord)
      .catch([])
      .parse(await this.#store.get(KEY));
  }

  async find(origin: string): Promise<SiteRecord | null> {
    return (await this.list()).find((site) => site.origin === origin) ?? null;
  }

  add(origin: HrSiteOrigin): Promise<void> {
    return this.#change((sites) =>
      sites.some((site) => site.origin === origin)
        ? sites
        : [...sites, { origin, kind: "frappe", zone: null, zoneSent: false }],
    );
  }

  remove(origin: HrSiteOrigin): Promise<void> {
    return this.#change((sites) => sites.filter((site) => site.origin !== origin));
  }

  update(origin: HrSiteOrigin, facts: Pick<SiteRecord, "zone" | "zoneSent">): Promise<void> {
    return this.#change((sites) => sites.map((site) => (site.origin === origin ? { ...site, ...facts } : site)));
  }

  /** One change after the other: reading and writing are two steps in `storage.local`. */
  #change(next: (sites: readonly SiteRecord[]) => readonly SiteRecord[]): Promise<void> {
    const turn = this.#turn.then(async () => this.#store.set(KEY, next(await this.list())));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
