import { NewIdLink } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { DeliverResult } from "@tandem/contracts/domain/punch.ts";
import { Instant, LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import { Delivery } from "../../connector/delivery/delivery.ts";
import type { HrSites } from "../../connector/hr/hr-sites.ts";
import { PunchLedger } from "../../connector/ledger/punch-ledger.ts";
import { IdLinks } from "../../connector/people/id-links.ts";
import { People } from "../../connector/people/people.ts";
import type { Clock } from "../../connector/platform/clock.ts";
import { type Data, openData } from "../../connector/store/open-data.ts";

import { fastClock } from "./fast-clock.ts";
import { openHrSites } from "./hr-sites.ts";
import { makeTempFolder } from "./temp-folder.ts";

/** One punch as a test tells it: who, when, which state key, how often. */
export interface TestPunch {
  readonly userId: string;
  readonly at: string | null;
  readonly state?: number;
  readonly times?: number;
}

export interface TestTerminal {
  readonly name?: string;
  readonly zone?: string;
  readonly direction?: string;
  readonly machine?: number;
}

const SPACE = IdSpaceId.parse("HN");

/** A connector's own half of delivery on a real store, for tests that put a real HR site or a double beside it. */
export class DeliveryWorld {
  readonly data: Data;
  readonly clock: Clock;
  readonly sites: HrSites;
  readonly people: People;
  readonly links: IdLinks;
  readonly ledger: PunchLedger;
  readonly delivery: Delivery;
  readonly #remove: () => Promise<void>;
  #links = 0;

  private constructor(data: Data, clock: Clock, sites: HrSites, remove: () => Promise<void>) {
    this.data = data;
    this.clock = clock;
    this.sites = sites;
    this.#remove = remove;
    this.people = new People({ ...data, clock });
    this.links = new IdLinks({ ...data, clock, newId: () => `link-${(this.#links += 1)}` });
    this.ledger = new PunchLedger(data.store, clock);
    this.delivery = new Delivery({ ...data, clock, sites });
  }

  /** `home` of an earlier world makes this one its restart. */
  static async open(home: string | null = null, clock = fastClock()): Promise<DeliveryWorld> {
    const folder = home === null ? await makeTempFolder() : { path: home, remove: () => Promise.resolve() };
    const data = await openData(folder.path, { clock });
    const { sites } = await openHrSites(data, clock);
    return new DeliveryWorld(data, clock, sites, folder.remove);
  }

  async close(): Promise<void> {
    await this.data.close();
    await this.#remove();
  }

  /** Connects a double with its standard key and takes over its people. */
  async connect(origin: string, zone = "Asia/Ho_Chi_Minh"): Promise<void> {
    const site = {
      kind: "frappe",
      url: origin,
      apiKey: "hr-key",
      apiSecret: "hr-secret",
      zone: Zone.parse(zone),
    } as const;
    const check = await this.sites.connect(site, "test");
    if (!check.ok) throw new Error(`the double cannot be connected: ${JSON.stringify(check.findings)}`);
    await this.syncPeople();
  }

  async syncPeople(): Promise<void> {
    const site = this.sites.requireCurrent();
    await this.people.sync(site.origin, await this.sites.directoryFor(site), "test");
  }

  async link(userId: string, personId: string, facts: object = {}): Promise<void> {
    await this.links.link(NewIdLink.parse({ idSpace: SPACE, userId, personId, ...facts }), "test");
  }

  async addTerminal({
    name = "Gate 1",
    zone = "Asia/Ho_Chi_Minh",
    direction = "auto",
    machine,
  }: TestTerminal = {}): Promise<void> {
    await this.data.store.db
      .insertInto("terminals")
      .values({
        name,
        address: null,
        serial: null,
        id_space: SPACE,
        zone,
        direction,
        machine: machine ?? null,
        mode: "shadow",
        comm_key_ref: null,
        name_encoding: "utf8",
        added_at: "2026-01-01T00:00:00.000Z",
        last_read_at: null,
        last_read_started_at: null,
        last_error_code: null,
        last_error_at: null,
        removed_at: null,
      })
      .execute();
  }

  async punch(
    punches: readonly TestPunch[],
    { name = "Gate 1", zone = "Asia/Ho_Chi_Minh" }: TestTerminal = {},
  ): Promise<void> {
    const source = {
      source: `file:${name}`,
      terminal: TerminalName.parse(name),
      idSpace: SPACE,
      zone: Zone.parse(zone),
    };
    const records = punches.flatMap(({ userId, at, state = 255, times = 1 }) => {
      const record = {
        userId: UserId.parse(userId),
        at: at === null ? null : LocalDateTime.parse(at),
        verify: 1,
        state,
        workCode: null,
        key: `${userId} ${at} ${state}`,
        raw: new Uint8Array([state]),
      };
      return Array.from({ length: times }, () => record);
    });
    const startedAt = Instant.parse("2026-11-24T00:00:00.000Z");
    await this.ledger.record(source, { startedAt, records, recordSize: 40 });
  }

  deliver(): Promise<DeliverResult> {
    return this.delivery.deliver();
  }

  /** `user time` → state, with reason where there is one. */
  async states(): Promise<Record<string, string>> {
    const rows = await this.ledger.list({});
    return Object.fromEntries(
      rows.map(({ userId, at, delivery }) => [
        `${userId} ${at ?? "?"}`,
        delivery.reason === null ? delivery.state : `${delivery.state} ${delivery.reason}`,
      ]),
    );
  }
}
