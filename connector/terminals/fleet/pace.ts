import { type Clock, sleep } from "../../platform/clock.ts";

/** Lets at most so many things begin per second, evenly spaced. */
export class Pace {
  readonly #clock: Clock;
  readonly #spacingMs: number;
  #next = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#spacingMs = 1000 / perSecond;
  }

  /** Resolves when the caller may begin; rejects with the signal's reason. */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#spacingMs;
    if (at > now) await sleep(this.#clock, at - now, signal);
    else signal?.throwIfAborted();
  }
}
