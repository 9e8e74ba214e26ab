import type { Anchor, PageAdapter, PageId } from "../sites/page-adapter.ts";

/** How long a page may take to draw its head before its absence is reported. */
export const ANCHOR_PATIENCE_MS = 5_000;

const TAG = "tandem-feature";

export interface HostDeps {
  readonly document: Document;
  readonly adapter: PageAdapter;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly warn: (text: string) => void;
}

/**
 * Puts a host element with a closed shadow root into a page of the HR app and keeps it there while the page is redrawn.
 * Nothing is left when `signal` is aborted.
 */
export function placeHost(deps: HostDeps, feature: string, page: PageId, signal: AbortSignal): ShadowRoot {
  const { document, adapter } = deps;
  const host = document.createElement(TAG);
  host.dataset["feature"] = feature;
  const root = host.attachShadow({ mode: "closed" });
  // The Desk listens for single keys and shortcuts on the document; what is typed here is not meant for it.
  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, (event) => event.stopPropagation());

  followTheme(host, adapter, signal);
  keepInPlace(host, () => adapter.findAnchor(page), adapter.canvas, signal);
  floatWhenLost(deps, host, feature, page, signal);
  signal.addEventListener("abort", () => host.remove());
  return root;
}

function followTheme(host: HTMLElement, adapter: PageAdapter, signal: AbortSignal): void {
  host.dataset["theme"] = adapter.theme();
  adapter.watchTheme(signal, (theme) => {
    host.dataset["theme"] = theme;
  });
}

function keepInPlace(host: HTMLElement, findAnchor: () => Anchor | null, canvas: Element, signal: AbortSignal): void {
  const place = (): void => {
    const anchor = findAnchor();
    if (anchor === null || (host.parentElement === anchor.parent && host.nextElementSibling === anchor.before)) return;
    if (host.parentElement === anchor.parent) return;
    delete host.dataset["floating"];
    anchor.parent.insertBefore(host, anchor.before);
  };
  const observer = new MutationObserver(place);
  observer.observe(canvas, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
  place();
}

/** A changed HR app must not take the button away: it floats in the corner instead, and the console says why, once. */
function floatWhenLost(deps: HostDeps, host: HTMLElement, feature: string, page: PageId, signal: AbortSignal): void {
  const check = async (): Promise<void> => {
    await deps.wait(ANCHOR_PATIENCE_MS, signal);
    if (signal.aborted || host.isConnected) return;
    deps.warn(`Tandem: ${deps.adapter.name} has no place for "${feature}" on the ${page}; the button floats instead.`);
    host.dataset["floating"] = "";
    deps.document.body.append(host);
  };
  void check();
}
