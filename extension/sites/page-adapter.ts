import type { Language } from "@tandem/contracts/catalogue/shape.ts";

/** Pages of an HR app that features live on. */
export type PageId = "employee-list" | "checkin-list";

export type Theme = "light" | "dark";

/** What an HR site says about itself and its user. */
export interface SiteFacts {
  readonly language: Language;
  /** IANA zone of the site, as its page states it. */
  readonly zone: string | null;
  /** Pages whose records this user may see; the others carry no buttons. */
  readonly mayRead: readonly PageId[];
}

/** A place in the page for a feature's host element: a child of `parent`, before `before` (null: at the end). */
export interface Anchor {
  readonly parent: Element;
  readonly before: Element | null;
}

/** All that is known about one HR app's pages. Features and UI know none of it. */
export interface PageAdapter {
  /** What is shown of this app's DOM in warnings: app and version. */
  readonly name: string;
  readonly facts: SiteFacts;
  theme(): Theme;
  /** Calls back at every change of the theme until `signal` is aborted. */
  watchTheme(signal: AbortSignal, changed: (theme: Theme) => void): void;
  /** Calls back with the page that is open now, and at every change until `signal` is aborted; null = none of ours. */
  watchPages(signal: AbortSignal, changed: (page: PageId | null) => void): void;
  /** Where the buttons of a page go, or null while the page is not drawn. */
  findAnchor(page: PageId): Anchor | null;
  /** Part of the document in which pages are drawn and redrawn. */
  readonly canvas: Element;
  /** Address of a page within the site. */
  pathOf(page: PageId): string;
  /** Draws the list of the open page anew, where the app offers it. */
  refreshList(): void;
}
