import { type ErrorCode, hasCode, TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { HrDelivery, HrDirectory } from "../hr/directory.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Store } from "../store/store.ts";

import type { TargetSite } from "./judge.ts";
import { planBatch, type PlannedEvent } from "./plan-batch.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { recoverEvents } from "./recover-events.ts";
import { MOST_WAITING, punchesIn } from "./waiting-punches.ts";

/** Punches decided about together: one transaction before they are sent and one after. */
const BATCH = 500;

/** Troubles that an operator has to see at once, whatever was delivered before them. */
const ALARMS: readonly ErrorCode[] = [
  "hr.time-replaced",
  "hr.permission-missing",
  "hr.bad-credentials",
  "hr.forbidden",
];

export interface RoundParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly site: TargetSite;
  readonly directory: HrDirectory;
  readonly progress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** One delivery round. */
export class DeliveryRound {
  readonly #parts: RoundParts;
  #delivered = 0;
  #duplicate = 0;

  constructor(parts: RoundParts) {
    this.#parts = parts;
  }

  /**
   * First finds out about what was under way, then sends what is in one of `states`: the new before what failed before,
   * so that a punch on which the site breaks down keeps nobody waiting.
   */
  async run(states: readonly string[]): Promise<{ delivered: number; duplicate: number }> {
    const recovered = await recoverEvents(this.#parts);
    this.#delivered += recovered.delivered;
    this.#duplicate += recovered.duplicate;
    // What fails in this round is not tried again in it, so only new punches can fill a second list.
    for (let wanted = states; ; wanted = ["pending"]) {
      const ids = await punchesIn(this.#parts.store, wanted);
      const stopped = await this.#sendAll(ids, wanted);
      this.#parts.signal?.throwIfAborted();
      if (stopped !== null && (this.#isEmpty || hasCode(stopped, ...ALARMS))) throw stopped;
      if (stopped !== null || ids.length < MOST_WAITING) break;
    }
    return { delivered: this.#delivered, duplicate: this.#duplicate };
  }

  get #isEmpty(): boolean {
    return this.#delivered + this.#duplicate === 0;
  }

  async #sendAll(ids: readonly number[], states: readonly string[]): Promise<TandemError | null> {
    const { signal, progress } = this.#parts;
    for (let start = 0; start < ids.length; start += BATCH) {
      signal?.throwIfAborted();
      const batch = ids.slice(start, start + BATCH);
      const stopped = await this.#batch(batch, states, (sent) => progress(start + sent, ids.length));
      if (stopped !== null) return stopped;
      progress(start + batch.length, ids.length);
    }
    return null;
  }

  /** Gives the reason when the site cannot be served any further. */
  async #batch(
    punchIds: readonly number[],
    states: readonly string[],
    progress: (done: number) => void,
  ): Promise<TandemError | null> {
    const { store, clock, site, directory, signal } = this.#parts;
    const plan = await store.transaction((tx) => planBatch(tx, site, clock, punchIds, states));
    this.#duplicate += plan.alreadyThere;
    if (plan.toSend.length === 0) return null;
    const events = plan.toSend.map(({ event }) => event);
    let delivery: HrDelivery;
    try {
      delivery = await directory.deliver(events, progress, signal);
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      const outcomes = events.map(() => ({ state: "failed", error, maybeStored: false }) as const);
      delivery = { outcomes, stopped: error };
    }
    await this.#record(plan.toSend, delivery);
    return delivery.stopped;
  }

  async #record(planned: readonly PlannedEvent[], { outcomes, stopped }: HrDelivery): Promise<void> {
    const { store, audit, clock, site } = this.#parts;
    const decided = planned.flatMap((event, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [{ planned: event, outcome }];
    });
    const recorded = await store.transaction(async (tx) => {
      const done = await recordOutcomes(tx, decided, instantOf(clock.now()));
      await audit.append(tx, {
        actor: "connector",
        action: "hr.deliver",
        subject: site.origin,
        outcome: stopped === null ? "succeeded" : "failed",
        detail: {
          ...done.events,
          events: [planned[0]?.id ?? null, planned.at(-1)?.id ?? null],
          ...(done.doublesRemoved.length === 0 ? {} : { doublesRemoved: done.doublesRemoved }),
          ...(stopped === null ? {} : { code: stopped.code, ...wrongRecords(stopped) }),
        },
      });
      return done;
    });
    this.#delivered += recorded.delivered;
    this.#duplicate += recorded.duplicate;
  }
}

/** Which records of the HR app carry a wrong time: somebody may have to delete them. */
function wrongRecords({ code, details }: TandemError): Readonly<Record<string, unknown>> {
  return code === "hr.time-replaced" ? { records: details["records"], left: details["left"] } : {};
}
