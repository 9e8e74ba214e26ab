import type { Clock } from "../platform/clock.ts";

import { SlidingLimit } from "./sliding-limit.ts";

/** Blocks a key for a while once it has failed too often within a minute. */
export class FailureBrake {
  readonly #clock: Clock;
  readonly #failures: SlidingLimit;
  readonly #blockMs: number;
  readonly #blockedUntil = new Map<string, number>();

  constructor(clock: Clock, failuresPerMinute: number, blockMs: number) {
    this.#clock = clock;
    this.#failures = new SlidingLimit(clock, failuresPerMinute, 60_000);
    this.#blockMs = blockMs;
  }

  /** Seconds until the key may try again; 0 when it may now. */
  secondsLeft(key: string): number {
    const until = this.#blockedUntil.get(key);
    if (until === undefined) return 0;
    const left = until - this.#clock.now();
    if (left > 0) return Math.ceil(left / 1000);
    this.#blockedUntil.delete(key);
    return 0;
  }

  countFailure(key: string): void {
    this.#failures.count(key);
    if (this.#failures.isSpent(key)) this.#blockedUntil.set(key, this.#clock.now() + this.#blockMs);
  }
}
