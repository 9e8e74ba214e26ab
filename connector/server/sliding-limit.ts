import type { Clock } from "../platform/clock.ts";

/** Counts events per key within a sliding window of time. */
export class SlidingLimit {
  readonly #events = new Map<string, number[]>();

  constructor(
    readonly clock: Clock,
    readonly most: number,
    readonly windowMs: number,
  ) {}

  /** Whether the key has used up its share. */
  isSpent(key: string): boolean {
    return this.#recent(key).length >= this.most;
  }

  /** Counts one event, also beyond the limit. */
  count(key: string): void {
    this.#events.set(key, [...this.#recent(key), this.clock.now()]);
  }

  /** Counts and allows, or refuses without counting. */
  take(key: string): boolean {
    if (this.isSpent(key)) return false;
    this.count(key);
    return true;
  }

  #recent(key: string): number[] {
    const since = this.clock.now() - this.windowMs;
    const recent = (this.#events.get(key) ?? []).filter((at) => at > since);
    if (recent.length === 0) this.#events.delete(key);
    else this.#events.set(key, recent);
    return recent;
  }
}
