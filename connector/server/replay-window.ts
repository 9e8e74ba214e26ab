import { SESSION } from "@tandem/contracts/protocol.ts";

/** Accepts each sequence number once; requests of one client may overtake each other by the window's width. */
export class ReplayWindow {
  readonly #seen = new Set<number>();
  #highest = 0;

  /** False when the number was used, or is so old that nobody remembers whether it was. */
  accept(sequence: number): boolean {
    if (sequence <= this.#highest - SESSION.replayWindow || this.#seen.has(sequence)) return false;
    this.#seen.add(sequence);
    if (sequence > this.#highest) {
      this.#highest = sequence;
      for (const old of this.#seen) if (old <= sequence - SESSION.replayWindow) this.#seen.delete(old);
    }
    return true;
  }
}
