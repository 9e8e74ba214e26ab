import type { Clock } from "../platform/clock.ts";

/** Counts events per key within a sliding window of time. */
export class SlidingLimit {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #events = new Map<string, number[]>();

  constructor(clock: Clock, most: number, windowMs: number) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Whether the key has used up its share. */
  isSpent(key: string): boolean {
    return this.#recent(key).length >= this.#most;
  }

  /** Counts one event, also beyond the limit. */
  count(key: string): void {
    this.#events.set(key, [...this.#recent(key), this.#clock.now()].slice(-this.#most));
  }

  /** Counts and allows, or refuses without counting. */
  take(key: string): boolean {
    if (this.isSpent(key)) return false;
    this.count(key);
    return true;
  }

  #recent(key: string): number[] {
    const since = this.#clock.now() - this.#windowMs;
    const recent = (this.#events.get(key) ?? []).filter((at) => at > since);
    if (recent.length === 0) this.#events.delete(key);
    return recent;
  }
}
