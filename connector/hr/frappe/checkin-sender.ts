import { TandemError } from "@tandem/contracts/errors.ts";

import type { Clock } from "../../platform/clock.ts";
import type { HrDelivery, HrEvent, HrOutcome } from "../directory.ts";

import {
  type Checkin,
  checkinKey,
  deleteCheckin,
  eventKey,
  findCheckins,
  insertCheckins,
  readCheckins,
} from "./checkins.ts";
import type { FrappeClient } from "./client.ts";
import { readStatuses } from "./employees.ts";
import { isRefusal, mayHaveHappened } from "./failure.ts";
import { type Item, Parcel } from "./parcel.ts";
import { PATIENCE, pauseFor, pauseUnlessStopped, persist } from "./patience.ts";

/** Rows per insert: the site takes 200, but one bad row undoes all of them (`frappe-hr.md` §5). */
const CHUNK = 50;

/** Single rows in a row that the site crashes on before the site itself is held to be broken. */
const MOST_CRASHES = 3;

/** Stores events as Employee Checkins, each at most once (`frappe-hr.md` §5), and reads back what it stored. */
export class CheckinSender {
  readonly #client: FrappeClient;
  readonly #clock: Clock;
  /** Whether a stored time came back unchanged; until then one record at a time is risked (`frappe-hr.md` §2.4). */
  #timeIsKept = false;

  constructor(client: FrappeClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Throws `hr.*` only when nothing could be tried. */
  async send(events: readonly HrEvent[], progress?: (done: number) => void, signal?: AbortSignal): Promise<HrDelivery> {
    const parcel = new Parcel(events, progress);
    await this.#refuseStrangers(parcel, signal);
    const round = new Round(this.#client, this.#clock, parcel, signal, this.#timeIsKept);
    try {
      for (let open = parcel.open; open.length > 0; open = parcel.open) await round.deliver(open.slice(0, CHUNK));
      return { outcomes: parcel.outcomes(null), stopped: null };
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      return { outcomes: parcel.outcomes(error), stopped: error };
    } finally {
      this.#timeIsKept = round.timeIsKept;
    }
  }

  async #refuseStrangers(parcel: Parcel, signal: AbortSignal | undefined): Promise<void> {
    const ids = parcel.items.map(({ event }) => event.personId);
    const statuses = await persist(this.#clock, signal, () => readStatuses(this.#client, ids, signal));
    for (const item of parcel.items) {
      const { personId } = item.event;
      const status = statuses.get(personId);
      if (status !== undefined && status !== "inactive") continue;
      const code = status === undefined ? "hr.unknown-employee" : "hr.inactive-employee";
      parcel.decide(item, { state: "refused", error: new TandemError(code, { personId }) });
    }
  }
}

/** One delivery under way. A TandemError thrown in here means: the site cannot be served any further for now. */
class Round {
  readonly #client: FrappeClient;
  readonly #clock: Clock;
  readonly #parcel: Parcel;
  readonly #signal: AbortSignal | undefined;
  #crashes = 0;
  timeIsKept: boolean;

  constructor(
    client: FrappeClient,
    clock: Clock,
    parcel: Parcel,
    signal: AbortSignal | undefined,
    timeIsKept: boolean,
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#parcel = parcel;
    this.#signal = signal;
    this.timeIsKept = timeIsKept;
  }

  async deliver(items: readonly Item[]): Promise<void> {
    if (this.#signal?.aborted === true) throw new TandemError("hr.stopped");
    await this.#insert(await this.#settleFound(items, "present"), 0);
  }

  async #insert(items: readonly Item[], tries: number): Promise<void> {
    const first = this.timeIsKept ? items : items.slice(0, 1);
    if (first.length === 0) return;
    const sentAt = this.#clock.now();
    let names: readonly string[] | null = null;
    try {
      names = await insertCheckins(this.#client, eventsOf(first), this.#signal);
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      await this.#afterFailure(first, error, tries, sentAt);
    }
    if (names !== null) await this.#readBack(first, names, sentAt);
    await this.#insert(items.slice(first.length), tries);
  }

  async #afterFailure(items: readonly Item[], error: TandemError, tries: number, sentAt: number): Promise<void> {
    const pause = pauseFor(error, tries);
    if (isRefusal(error)) await this.#isolate(items, error, 0);
    else if (mayHaveHappened(error)) await this.#afterSilence(items, error, tries, sentAt);
    else if (pause !== null) {
      await pauseUnlessStopped(this.#clock, pause, this.#signal);
      await this.#insert(items, tries + 1);
    } else if (error.code === "hr.server-error") await this.#isolate(items, error, tries);
    else throw error;
  }

  /** Halves a batch until the row that the site does not take stands alone. */
  async #isolate(items: readonly Item[], error: TandemError, tries: number): Promise<void> {
    if (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await this.#insert(items.slice(0, half), tries);
      await this.#insert(items.slice(half), tries);
      return;
    }
    // A duplicate is a plain refusal in the site's language: whether it is one, the records tell.
    const [item] = await this.#settleFound(items, "present");
    if (item === undefined) return;
    if (isRefusal(error)) {
      const { personId } = item.event;
      const reason = new TandemError(error.code, { ...error.details, personId }, { cause: error });
      this.#parcel.decide(item, { state: "refused", error: reason });
      return;
    }
    this.#crash(item, error, false);
  }

  /** A row on which the site crashes fails alone; a few in a row mean that it is the site. */
  #crash(item: Item, error: TandemError, maybeStored: boolean): void {
    this.#parcel.decide(item, { state: "failed", error, maybeStored });
    this.#crashes += 1;
    if (this.#crashes >= MOST_CRASHES) throw error;
  }

  /** Nobody knows what the site did: look until it must be over, and only then send again what is not there. */
  async #afterSilence(items: readonly Item[], error: TandemError, tries: number, sentAt: number): Promise<void> {
    const fail = (open: readonly Item[]): void => {
      for (const item of open) this.#parcel.decide(item, { state: "failed", error, maybeStored: true });
    };
    let open = items;
    try {
      for (;;) {
        open = await this.#settleFound(open, "stored");
        if (open.length === 0) return;
        if (this.#clock.now() - sentAt >= PATIENCE.settleMs) break;
        await pauseUnlessStopped(this.#clock, PATIENCE.settleStepMs, this.#signal);
      }
    } catch (broken) {
      fail(open.filter((item) => item.outcome === null));
      throw broken;
    }
    const [item, ...others] = open;
    if (pauseFor(error, tries) !== null) await this.#insert(open, tries + 1);
    // The site does answer when it is asked, so one of the rows may be what brings the application down.
    else if (error.code === "hr.server-error" && others.length > 0) await this.#isolate(open, error, tries);
    else if (error.code === "hr.server-error" && item !== undefined) this.#crash(item, error, true);
    else {
      fail(open);
      throw error;
    }
  }

  /** Compares what the site holds now with what was sent. */
  async #readBack(items: readonly Item[], names: readonly string[], sentAt: number): Promise<void> {
    let missing: readonly Item[];
    try {
      missing = await this.#settleFound(items, "stored");
      if (missing.length > 0) await this.#refuseChangedTimes(names);
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      const replaced = error.code === "hr.time-replaced";
      for (const item of items.filter(({ outcome }) => outcome === null)) {
        this.#parcel.decide(item, { state: "failed", error, maybeStored: !replaced });
      }
      throw error;
    }
    if (missing.length === 0) {
      this.timeIsKept = true;
      this.#crashes = 0;
      return;
    }
    const { origin } = this.#client;
    const error = new TandemError("hr.not-kept", { origin, seconds: Math.round((this.#clock.now() - sentAt) / 1000) });
    for (const item of missing) this.#parcel.decide(item, { state: "failed", error, maybeStored: true });
    this.#crashes += missing.length;
    if (this.#crashes >= MOST_CRASHES) throw error;
  }

  /** Finds the records that were stored under another time, takes them away again and stops the delivery. */
  async #refuseChangedTimes(names: readonly string[]): Promise<void> {
    const expected = new Set(this.#parcel.items.map(({ event }) => eventKey(event)));
    const stored = await this.#ask(() => readCheckins(this.#client, names, this.#signal));
    const wrong = stored.filter(({ employee, at, logType }) => !expected.has(checkinKey(employee, at, logType)));
    if (wrong.length === 0) return;
    const left: string[] = [];
    for (const { name } of wrong) if (!(await deleteCheckin(this.#client, name))) left.push(name);
    throw new TandemError("hr.time-replaced", {
      records: wrong.map(({ name }) => name).join(", "),
      left: left.join(", "),
    });
  }

  /** Decides the items that the site holds; gives the others. */
  async #settleFound(items: readonly Item[], state: "present" | "stored"): Promise<readonly Item[]> {
    const found = await this.#ask(() => findCheckins(this.#client, eventsOf(items), this.#signal));
    for (const item of items) {
      const [record, ...more] = found.get(eventKey(item.event)) ?? [];
      if (record === undefined) continue;
      if (state === "present") this.#parcel.decide(item, { state, record: record.name });
      else this.#parcel.decide(item, await this.#stored(item.event, record, more));
    }
    return items.filter((item) => item.outcome === null);
  }

  /** A request that was held to be dead may still have been done: its record is Tandem's own and goes away again. */
  async #stored(event: HrEvent, record: Checkin, more: readonly Checkin[]): Promise<HrOutcome> {
    const removed: string[] = [];
    for (const { name, device } of more) {
      if (device === event.device && (await deleteCheckin(this.#client, name))) removed.push(name);
    }
    const stored = { state: "stored", record: record.name } as const;
    return removed.length === 0 ? stored : { ...stored, doublesRemoved: removed };
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    return persist(this.#clock, this.#signal, question);
  }
}

function eventsOf(items: readonly Item[]): readonly HrEvent[] {
  return items.map(({ event }) => event);
}
