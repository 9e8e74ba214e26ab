import type { HrSite } from "@tandem/contracts/domain/hr-site.ts";
import type { DeliverResult } from "@tandem/contracts/domain/punch.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { HrDirectory } from "../hr/directory.ts";
import { countByState } from "../ledger/punch-counts.ts";
import { undeliveredIn } from "../ledger/undelivered.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../store/store.ts";

import { holdForSite, releaseHeld } from "./release-held.ts";
import { DeliveryRound } from "./round.ts";

/** The HR sites as delivery needs them. */
export interface DeliverySites {
  list(): readonly HrSite[];
  /** The one that is delivered to. */
  current(): HrSite | null;
  directoryFor(site: HrSite): Promise<HrDirectory>;
}

export interface DeliveryParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly sites: DeliverySites;
}

/** Punches done of `total` in this round. */
export type DeliveryProgress = (done: number, total: number) => void;

export interface HrStatus {
  readonly sites: HrSite[];
  readonly quarantined: number;
  /** Linked, but not in the HR app. */
  readonly undelivered: number;
  readonly states: Record<string, number>;
}

/** Brings linked punches to the HR app, each once (design §3.6). One round runs at a time; the next waits its turn. */
export class Delivery {
  readonly #parts: DeliveryParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /**
   * Sends what waits. Without an HR site everything is held. `delivered` and `duplicate` count this round's punches, the
   * others all that are in that state after it. Throws `hr.*` when nothing could be delivered because of the site.
   */
  deliver(progress?: DeliveryProgress, signal?: AbortSignal): Promise<DeliverResult> {
    return this.#inTurn(() => this.#round(["pending", "failed"], progress, signal));
  }

  /**
   * As `deliver`, and tries what the HR app refused once more: for an operator who has corrected the cause. Throws
   * `hr.not-connected` without an HR site.
   */
  deliverAgain(progress?: DeliveryProgress, signal?: AbortSignal): Promise<DeliverResult> {
    return this.#inTurn(() => {
      if (this.#parts.sites.current() === null) throw new TandemError("hr.not-connected");
      return this.#round(["pending", "failed", "refused"], progress, signal);
    });
  }

  async status(): Promise<HrStatus> {
    const states = await countByState(this.#parts.store);
    return {
      sites: [...this.#parts.sites.list()],
      quarantined: states["quarantined"] ?? 0,
      undelivered: undeliveredIn(states),
      states: { ...states },
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #round(
    states: readonly string[],
    progress: DeliveryProgress = () => undefined,
    signal?: AbortSignal,
  ): Promise<DeliverResult> {
    const { store, clock, sites } = this.#parts;
    const current = sites.current();
    if (current === null) {
      await holdForSite(store, clock);
      return await this.#result({ delivered: 0, duplicate: 0 });
    }
    const { origin, zone } = current;
    if (zone === null) throw new TandemError("hr.zone-unknown", { origin });
    const site = { origin, zone };
    await releaseHeld(store, clock, site);
    const directory = await sites.directoryFor(current);
    const round = new DeliveryRound({ ...this.#parts, site, directory, progress, signal });
    return await this.#result(await round.run(states));
  }

  async #result(reached: Pick<DeliverResult, "delivered" | "duplicate">): Promise<DeliverResult> {
    const { pending = 0, held = 0, failed = 0, refused = 0 } = await countByState(this.#parts.store);
    const { delivered, duplicate } = reached;
    return { delivered, duplicate, held, refused, failed: failed + pending };
  }
}

export function createDelivery(parts: DeliveryParts): Delivery {
  return new Delivery(parts);
}
