import { inspect } from "node:util";

const REDACTED = "[redacted]";

/**
 * A value that must not reach a log, a message or a crash report: printing, serialising or interpolating it shows
 * `[redacted]`; only `reveal` gives it out.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toJSON(): string {
    return REDACTED;
  }

  toString(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
