import type { TandemError } from "@tandem/contracts/errors.ts";

import type { HrEvent, HrOutcome } from "../directory.ts";

/** One event on its way, with what became of it. */
export interface Item {
  readonly event: HrEvent;
  outcome: HrOutcome | null;
}

/** The events of one delivery and how far they are. */
export class Parcel {
  readonly items: readonly Item[];
  readonly #progress: (done: number) => void;

  constructor(events: readonly HrEvent[], progress: (done: number) => void = () => undefined) {
    this.items = events.map((event) => ({ event, outcome: null }));
    this.#progress = progress;
  }

  decide(item: Item, outcome: HrOutcome): void {
    item.outcome = outcome;
    this.#progress(this.items.length - this.open.length);
  }

  get open(): readonly Item[] {
    return this.items.filter((item) => item.outcome === null);
  }

  /** What has no outcome fails with the reason that stopped the delivery. */
  outcomes(stopped: TandemError | null): readonly HrOutcome[] {
    return this.items.map(({ outcome }) => {
      if (outcome !== null) return outcome;
      if (stopped === null) throw new Error("a delivery ended with an open event");
      return { state: "failed", error: stopped, maybeStored: false };
    });
  }
}
