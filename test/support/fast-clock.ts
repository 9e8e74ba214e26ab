import type { Clock } from "../../connector/platform/clock.ts";

/** The real clock running `speed` times as fast, so that a test of a time-out lasts a second and not a minute. */
export function fastClock(speed = 100, start = Date.now()): Clock {
  const real = Date.now();
  return {
    now: () => start + (Date.now() - real) * speed,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
