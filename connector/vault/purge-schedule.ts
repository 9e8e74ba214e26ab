import type { Clock } from "../platform/clock.ts";

/** How long a template may stay past its time, in milliseconds; it cannot be used in between. */
export const PURGE_EVERY_MS = 15 * 60 * 1000;

export interface PurgeParts {
  readonly clock: Clock;
  readonly templates: { purge(): Promise<number> };
  /** A purge that failed; the next one is due all the same. */
  readonly failed: (error: unknown) => void;
}

/** Purges now and from then on, one purge after the other. The returned function ends it and waits for the last one. */
export function schedulePurges({ clock, templates, failed }: PurgeParts): () => Promise<void> {
  let stopped = false;
  let cancel = (): void => undefined;
  let running = Promise.resolve();
  const purge = (): void => {
    running = templates
      .purge()
      .then(() => undefined, failed)
      .then(() => {
        if (!stopped) cancel = clock.after(PURGE_EVERY_MS, purge);
      });
  };
  purge();
  return async () => {
    stopped = true;
    cancel();
    await running;
  };
}
