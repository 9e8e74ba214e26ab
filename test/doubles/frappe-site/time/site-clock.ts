/** The site's wall clock: naive time in its zone, with microseconds that never repeat. */
export class SiteClock {
  readonly #now: () => number;
  readonly #skewMs: () => number;
  readonly #format: Intl.DateTimeFormat;
  #last = "";

  constructor(zone: string, now: () => number, skewMs: () => number) {
    this.#now = now;
    this.#skewMs = skewMs;
    this.#format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 3,
    });
  }

  /** UTC milliseconds as this server believes. */
  utc(): number {
    return this.#now() + this.#skewMs();
  }

  /** `YYYY-MM-DD HH:MM:SS.ffffff` */
  now(): string {
    const text = this.#format.format(this.utc()).replace(",", ".");
    let stamp = `${text}000`;
    if (stamp <= this.#last && this.#last.startsWith(text.slice(0, 19))) stamp = nextMicrosecond(this.#last);
    this.#last = stamp;
    return stamp;
  }

  today(): string {
    return this.now().slice(0, 10);
  }
}

function nextMicrosecond(stamp: string): string {
  const micros = Math.min(Number(stamp.slice(20)) + 1, 999_999);
  return `${stamp.slice(0, 20)}${String(micros).padStart(6, "0")}`;
}
