import type { Page } from "playwright-core";

/** One row of the table in `frappe-hr.md` §14.4: where an element must (or must not) be found. */
export interface DomProbe {
  readonly what: string;
  readonly selector: string;
  /** How many; at least one unless told. */
  readonly count?: number;
}

/** The table of §14.4 for the Employee list; `%` is the route prefix. */
export function listProbes(profile: number): readonly DomProbe[] {
  const late = profile >= 16;
  const result = late ? ".frappe-list > .result-container > .result" : ".frappe-list > .result";
  return [
    { what: "title", selector: late ? ".title-area ul.navbar-breadcrumbs a.title-text" : ".title-area h3.title-text" },
    { what: "list root", selector: result },
    { what: "header", selector: `${result} > ${late ? ".list-row-container > " : ""}header.list-row-head`, count: 1 },
    {
      what: "header check boxes",
      selector: late ? "input.list-header-checkbox.list-check-all" : "input.list-check-all",
      count: 2,
    },
    { what: "row", selector: `${result} > .list-row-container[tabindex="1"] > .list-row` },
    {
      what: "row check box",
      selector: '.list-row input.list-row-checkbox[type="checkbox"][data-doctype="Employee"][data-name]',
    },
    {
      what: "row link",
      selector: `.list-subject a[data-doctype="Employee"][data-name][href^="/${late ? "desk" : "app"}/employee/"]`,
    },
    {
      what: "status cell",
      selector: `.list-row-col${late ? ".status" : ""} > span.indicator-pill.filterable[data-filter^="status,=,"]`,
    },
    { what: "status pill colour", selector: ".indicator-pill.green" },
    { what: "like button with data-name", selector: ".list-row-like .like-action[data-name]" },
    { what: "actions, hidden", selector: ".page-actions .standard-actions > .actions-btn-group.hide", count: 1 },
    {
      what: "actions menu",
      selector: ".actions-btn-group ul.dropdown-menu li > a.dropdown-item > span.menu-item-label[data-label]",
    },
    {
      what: "primary action",
      selector: ".page-actions .standard-actions > button.primary-action[data-label]",
      count: 1,
    },
    {
      what: "custom actions before standard actions",
      selector: ".page-actions > .custom-actions + .standard-actions",
      count: 1,
    },
    {
      what: "standard filter",
      selector: '.standard-filter-section .frappe-control[data-fieldtype][data-fieldname="name"]',
    },
    { what: "filter and sort selector", selector: ".filter-section > .filter-selector + .sort-selector" },
    { what: "count", selector: ".list-row-head .level-right > .list-count" },
    { what: "paging buttons", selector: ".list-paging-area button.btn-paging[data-value]", count: 4 },
    { what: "load more", selector: ".list-paging-area button.btn-more", count: 1 },
    ...(late ? LATE_LIST : EARLY_LIST),
  ];
}

const EARLY_LIST: readonly DomProbe[] = [
  { what: "card", selector: ".layout-main-section.frappe-card" },
  { what: "side section first", selector: ".row.layout-main > .layout-side-section + .layout-main-section-wrapper" },
  { what: "row border", selector: ".list-row-container > .list-row-border" },
  { what: "no desk-wide side bar", selector: ".body-sidebar", count: 0 },
];

const LATE_LIST: readonly DomProbe[] = [
  { what: "no h3 title", selector: "h3.title-text", count: 0 },
  { what: "actions in their section", selector: ".standard-items-section .page-actions > .filters.flex" },
  {
    what: "two-column layout",
    selector:
      ".layout-main.layout-two-column > .layout-main-section-wrapper.list-view > .layout-main-section.layout-main-list",
  },
  { what: "no card", selector: ".layout-main-section.frappe-card", count: 0 },
  { what: "column width inline", selector: ".list-row-col.designation[style*=width]" },
  { what: "result with inline height", selector: ".result.no-assign-to[style*=height]" },
  { what: "no row border", selector: ".list-row-border", count: 0 },
];

/** Counts each probe's selector inside a page container and tells those that differ. */
export async function runDomProbes(page: Page, route: string, probes: readonly DomProbe[]): Promise<string[]> {
  const differences: string[] = [];
  const root = page.locator(`.page-container[data-page-route="${route}"]`);
  for (const { what, selector, count } of probes) {
    const seen = await root.locator(selector).count();
    if (count === undefined ? seen === 0 : seen !== count) differences.push(`${what}: ${String(seen)} of ${selector}`);
  }
  return differences;
}

/** Adds a badge to the first row, refreshes the list by its button, and counts badges before and after. */
export async function badgesOverRefresh(page: Page): Promise<{ before: number; after: number }> {
  await page.evaluate(() => {
    const badge = document.createElement("span");
    badge.className = "probe-badge";
    document.querySelector(".list-row .list-subject")?.append(badge);
  });
  const before = await page.locator(".probe-badge").count();
  const refreshed = page.waitForFunction(() => document.querySelector(".probe-badge") === null);
  await page.locator(".page-icon-group button").first().click();
  await refreshed;
  return { before, after: await page.locator(".probe-badge").count() };
}
