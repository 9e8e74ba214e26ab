import { SESSION } from "@tandem/contracts/protocol.ts";

/** Accepts each sequence number once; requests of one client may overtake each other by the window's width. */
export class ReplayWindow {
  readonly #seen = new Set<number>();
  #highest = 0;

  /** Whether the number is neither used nor so old that nobody remembers whether it was. */
  isFresh(sequence: number): boolean {
    return sequence > this.#highest - SESSION.replayWindow && !this.#seen.has(sequence);
  }

  /** Uses the number up; false when it is not fresh. */
  accept(sequence: number): boolean {
    if (!this.isFresh(sequence)) return false;
    this.#seen.add(sequence);
    if (sequence > this.#highest) {
      this.#highest = sequence;
      for (const old of this.#seen) if (old <= sequence - SESSION.replayWindow) this.#seen.delete(old);
    }
    return true;
  }
}
