import type { PageId } from "../sites/page-adapter.ts";

import type { Feature, FeatureContext } from "./feature.ts";
import { type HostDeps, placeHost } from "./host.ts";

/**
 * Mounts the features of the page that is open, and unmounts them when the HR app goes to another page. Each page visit has
 * a signal of its own; aborting it undoes everything.
 */
export function runFeatures(
  features: readonly Feature[],
  context: FeatureContext,
  host: HostDeps,
  signal: AbortSignal,
): void {
  let open: { readonly page: PageId; readonly visit: AbortController } | null = null;
  const leave = (): void => {
    open?.visit.abort();
    open = null;
  };
  signal.addEventListener("abort", leave);
  context.adapter.watchPages(signal, (page) => {
    if (signal.aborted || page === (open?.page ?? null)) return;
    leave();
    if (page === null || !context.adapter.facts.mayRead.includes(page)) return;
    const visit = new AbortController();
    open = { page, visit };
    for (const feature of features.filter((one) => one.page === page)) {
      feature.mount(placeHost(host, feature.id, page, visit.signal), context, visit.signal);
    }
  });
}
