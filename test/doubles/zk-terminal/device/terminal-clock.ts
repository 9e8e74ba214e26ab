import { encodeDeviceTime } from "../wire/device-time.ts";

/** The terminal's own clock: wall time of its zone plus a drift, with no idea of UTC. */
export class TerminalClock {
  readonly #now: () => number;
  readonly #format: Intl.DateTimeFormat;
  #offsetSeconds: number;
  #fixed: number | null = null;

  constructor(now: () => number, zone: string, offsetSeconds: number) {
    this.#now = now;
    this.#offsetSeconds = offsetSeconds;
    this.#format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  }

  /** Milliseconds since 1970 UTC, for what the terminal does by interval. */
  get epoch(): number {
    return this.#now();
  }

  get offsetSeconds(): number {
    return this.#offsetSeconds;
  }

  /** `YYYY-MM-DDTHH:mm:ss` as the screen shows it. */
  text(): string {
    return this.#format.format(this.#now() + this.#offsetSeconds * 1_000).replace(" ", "T");
  }

  /** What GET_TIME answers. */
  value(): number {
    return this.#fixed ?? encodeDeviceTime(this.text());
  }

  drift(seconds: number): void {
    this.#offsetSeconds = seconds;
    this.#fixed = null;
  }

  /** A clock that stands at an impossible value (empty battery): any u32, or null to let it run again. */
  stopAt(value: number | null): void {
    this.#fixed = value;
  }

  /** SET_TIME. */
  set(value: number): void {
    const shown = encodeDeviceTime(this.text());
    // Both numbers count months of 31 days, so a difference of days is only approximate; the loop settles it.
    this.#fixed = null;
    this.#offsetSeconds += value - shown;
    for (let round = 0; round < 40 && encodeDeviceTime(this.text()) !== value; round++)
      this.#offsetSeconds += value - encodeDeviceTime(this.text());
  }
}
