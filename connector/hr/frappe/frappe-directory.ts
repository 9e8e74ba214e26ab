import type { HrCheck } from "@tandem/contracts/domain/hr-site.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";

import type { Clock } from "../../platform/clock.ts";
import type { HrDelivery, HrDirectory, HrEvent, HrRecord } from "../directory.ts";

import { CheckinSender } from "./checkin-sender.ts";
import { eventKey, findCheckins } from "./checkins.ts";
import { type ClientOptions, FrappeClient } from "./client.ts";
import { readPeople } from "./employees.ts";
import { persist } from "./patience.ts";
import { type CheckOptions, checkSite } from "./site-check.ts";

/** Events asked for in one query: their people stand in its address. */
const ASKED = 50;

const HALF_SECOND_MS = 500;

/** Frappe HR 14 to 16 (`frappe-hr.md`). One instance per site, because it keeps requests one after the other. */
export class FrappeDirectory implements HrDirectory {
  readonly #client: FrappeClient;
  readonly #clock: Clock;
  readonly #check: CheckOptions;
  readonly #sender: CheckinSender;

  constructor(options: ClientOptions & CheckOptions) {
    this.#client = new FrappeClient(options);
    this.#clock = options.clock;
    this.#check = options;
    this.#sender = new CheckinSender(this.#client, options.clock);
  }

  check(): Promise<HrCheck> {
    return checkSite(this.#client, this.#check);
  }

  async clockOffset(signal?: AbortSignal): Promise<number | null> {
    const { date, receivedAt } = await this.#client.get("/api/method/ping", {}, signal);
    // The header cuts the second off: on average half of one has passed.
    return date === null ? null : receivedAt - (date + HALF_SECOND_MS);
  }

  people(): Promise<readonly Person[]> {
    return readPeople(this.#client);
  }

  async find(events: readonly HrEvent[], signal?: AbortSignal): Promise<readonly (HrRecord | null)[]> {
    const records: (HrRecord | null)[] = [];
    for (let start = 0; start < events.length; start += ASKED) {
      const part = events.slice(start, start + ASKED);
      const found = await persist(this.#clock, signal, () => findCheckins(this.#client, part, signal));
      for (const event of part) {
        const [checkin] = found.get(eventKey(event)) ?? [];
        records.push(checkin === undefined ? null : { record: checkin.name, device: checkin.device });
      }
    }
    return records;
  }

  deliver(events: readonly HrEvent[], progress?: (done: number) => void, signal?: AbortSignal): Promise<HrDelivery> {
    return this.#sender.send(events, progress, signal);
  }
}
