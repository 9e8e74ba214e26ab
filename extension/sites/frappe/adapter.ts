import { languageOf } from "@tandem/contracts/catalogue/index.ts";

import type { Anchor, PageAdapter, PageId, SiteFacts, Theme } from "../page-adapter.ts";

import { type FrappeBoot, parseBoot } from "./boot.ts";
import { doctypeOf, pageOf, slugOf } from "./route.ts";
import { containerSelector, SELECTORS } from "./selectors.ts";

const PAGES: readonly PageId[] = ["employee-list", "checkin-list"];

/** Frappe HR's Desk, versions 14 to 16; null when the document is not one, or has no Frappe HR. */
export function detectFrappe(document: Document): PageAdapter | null {
  const canvas = document.querySelector(SELECTORS.canvas);
  if (canvas === null || !document.documentElement.hasAttribute("data-theme-mode")) return null;
  const scripts = Array.from(document.scripts, (script) => (script.src === "" ? script.text : ""));
  const boot = parseBoot(scripts);
  return boot?.versions.hrms == null ? null : new FrappeAdapter(document, canvas, boot);
}

class FrappeAdapter implements PageAdapter {
  readonly name: string;
  readonly facts: SiteFacts;
  readonly canvas: Element;
  readonly #document: Document;

  constructor(document: Document, canvas: Element, boot: FrappeBoot) {
    this.#document = document;
    this.canvas = canvas;
    this.name = `Frappe ${boot.versions.frappe ?? "?"}`;
    this.facts = {
      language: languageOf(boot.language ?? document.documentElement.lang),
      zone: boot.zone,
      mayRead: PAGES.filter((page) => boot.canRead.includes(doctypeOf(page))),
    };
  }

  theme(): Theme {
    return this.#document.documentElement.getAttribute("data-theme") === "dark" ? "dark" : "light";
  }

  watchTheme(signal: AbortSignal, changed: (theme: Theme) => void): void {
    watchAttribute(this.#document.documentElement, "data-theme", signal, () => changed(this.theme()));
  }

  watchPages(signal: AbortSignal, changed: (page: PageId | null) => void): void {
    const look = (): void => changed(pageOf(this.#route()));
    // The Desk navigates with pushState; this attribute is the one signal that reaches an isolated world in all versions.
    watchAttribute(this.#document.body, "data-route", signal, look);
    look();
  }

  findAnchor(page: PageId): Anchor | null {
    const route = this.#route();
    if (route === null || pageOf(route) !== page) return null;
    const parent = this.canvas.querySelector(`${containerSelector(route)} ${SELECTORS.pageActions}`);
    if (parent === null) return null;
    const before = Array.from(parent.children).find((child) => child.matches(SELECTORS.standardActions)) ?? null;
    return { parent, before };
  }

  pathOf(page: PageId): string {
    const prefix = this.#document.location.pathname.startsWith("/desk") ? "/desk" : "/app";
    return `${prefix}/${slugOf(page)}`;
  }

  refreshList(): void {
    const route = this.#route();
    if (route === null) return;
    this.canvas.querySelector<HTMLElement>(`${containerSelector(route)} ${SELECTORS.reload}`)?.click();
  }

  #route(): string | null {
    return this.#document.body.getAttribute("data-route");
  }
}

function watchAttribute(element: Element, name: string, signal: AbortSignal, changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(element, { attributes: true, attributeFilter: [name] });
  signal.addEventListener("abort", () => observer.disconnect());
}
