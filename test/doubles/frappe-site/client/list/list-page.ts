import { countChanges, deleteDoc, getCount, getList } from "../api.ts";
import type { Filter, Row } from "../api.ts";
import { isShown } from "../containers.ts";
import { __, config, formPath } from "../desk-state.ts";
import { showMessages } from "../dialog.ts";
import { find, h } from "../dom.ts";
import { menuItem } from "../page-head.ts";
import type { PageHead } from "../page-head.ts";
import type { Router } from "../router.ts";

import { fieldsToLoad } from "./list-columns.ts";
import type { ListControls } from "./list-controls.ts";
import { defaultFilters, filtersOfAddress, showInAddress } from "./list-filters.ts";
import { drawHeader, drawRow } from "./list-rows.ts";
import type { ListSelection } from "./list-selection.ts";

const LATE = config.profile === 16;

export interface ListParts {
  readonly container: HTMLElement;
  readonly result: HTMLElement;
  readonly head: PageHead;
  readonly controls: ListControls;
  readonly selection: ListSelection;
}

/** A list's life: what it asks for, when it asks again, and how it draws the answer. */
export class ListPage {
  readonly doctype: string;
  readonly #parts: ListParts;
  readonly #router: Router;
  #filters: Filter[] = [];
  #pageLength = 20;
  #rows: Row[] = [];
  #lastArguments = "";
  #lastRefresh = 0;
  #changes: number | null = null;
  #opened = false;

  constructor(doctype: string, parts: ListParts, router: Router) {
    this.doctype = doctype;
    this.#parts = parts;
    this.#router = router;
  }

  listen(): void {
    const { container, head, result, selection } = this.#parts;
    selection.listen();
    find(container, ".reload-list").addEventListener("click", () => void this.refresh());
    for (const button of container.querySelectorAll<HTMLElement>(".btn-paging"))
      button.addEventListener("click", () => this.#page(Number(button.dataset["value"])));
    find(container, ".btn-more").addEventListener("click", () => void this.#loadMore());
    for (const label of ["Edit", "Assign To"]) head.actionsMenu.append(menuItem(label, () => undefined));
    head.actionsMenu.append(menuItem("Delete", () => void this.#deleteTicked()));
    result.addEventListener("click", (event) => this.#openRow(event));
    setInterval(() => void this.#refreshIfShown(), config.listRefreshMs);
    if (config.changePollMs > 0) setInterval(() => void this.#watchChanges(), config.changePollMs);
  }

  /** Called each time the route leads here. */
  open(): void {
    const given = filtersOfAddress(this.doctype);
    if (given.length > 0) this.#filters = given;
    else if (!this.#opened) this.#filters = defaultFilters(this.doctype);
    this.#opened = true;
    showInAddress(this.#filters);
    this.#parts.controls.show(this.#filters);
    void this.refresh();
  }

  setFilters(filters: Filter[]): void {
    this.#filters = filters;
    showInAddress(filters);
    this.#parts.controls.show(filters);
    void this.refresh();
  }

  filterRows(): unknown[][] {
    return this.#filters.map((filter) => [this.doctype, ...filter]);
  }

  tickedNames(): string[] {
    return this.#parts.selection.names();
  }

  tickedRows(): Row[] {
    const names = new Set(this.tickedNames());
    return this.#rows.filter((row) => names.has(String(row["name"])));
  }

  /** Asks again and draws all rows anew, unless the same was asked a moment ago. */
  async refresh(): Promise<void> {
    const wanted = JSON.stringify([this.#filters, this.#parts.controls.sorting, this.#pageLength]);
    const now = performance.now();
    if (wanted === this.#lastArguments && now - this.#lastRefresh < config.sameRefreshMs) return;
    this.#lastArguments = wanted;
    this.#lastRefresh = now;
    await this.#load(0, this.#pageLength);
  }

  async #load(start: number, length: number): Promise<void> {
    document.body.dataset["ajaxState"] = "triggered";
    try {
      const { field, direction } = this.#parts.controls.sorting;
      const [rows, total] = await Promise.all([
        getList(this.doctype, {
          fields: fieldsToLoad(this.doctype),
          filters: this.#filters,
          orderBy: `${field} ${direction}`,
          start,
          length,
        }),
        getCount(this.doctype, this.#filters),
      ]);
      this.#rows = start === 0 ? rows : [...this.#rows, ...rows];
      this.#draw(total);
    } catch (error) {
      showMessages(error);
    } finally {
      document.body.dataset["ajaxState"] = "complete";
    }
  }

  /** All row containers go and new ones come: whatever was added to them is lost. */
  #draw(total: number): void {
    const { result, selection, container } = this.#parts;
    const ticked = selection.names();
    for (const row of result.querySelectorAll(":scope > .list-row-container")) row.remove();
    const count = `${String(this.#rows.length)} ${__("of")} ${String(total)}`;
    if (LATE) result.append(drawHeader(this.doctype, count));
    else if (result.querySelector(":scope > header") === null) result.prepend(drawHeader(this.doctype, count));
    else find(result, ".list-count").replaceChildren(h("span", {}, count));
    result.append(...this.#rows.map((row) => drawRow(this.doctype, row)));
    find(container, ".no-result").classList.toggle("hide", this.#rows.length > 0);
    find(container, ".btn-more").classList.toggle("hide", this.#rows.length >= total);
    selection.restore(ticked);
  }

  #page(length: number): void {
    this.#pageLength = length;
    for (const button of this.#parts.container.querySelectorAll<HTMLElement>(".btn-paging"))
      button.classList.toggle("btn-info", Number(button.dataset["value"]) === length);
    void this.refresh();
  }

  async #loadMore(): Promise<void> {
    await this.#load(this.#rows.length, this.#pageLength);
  }

  async #refreshIfShown(): Promise<void> {
    if (isShown(this.#parts.container)) await this.refresh();
  }

  /** In place of the socket's event: a record of this DocType changed somewhere. */
  async #watchChanges(): Promise<void> {
    if (!isShown(this.#parts.container)) return;
    const seen = await countChanges(this.doctype).catch(() => this.#changes);
    if (this.#changes !== null && seen !== this.#changes)
      setTimeout(() => {
        this.#lastRefresh = 0;
        void this.#refreshIfShown();
      }, config.changeDebounceMs);
    this.#changes = seen;
  }

  async #deleteTicked(): Promise<void> {
    try {
      for (const name of this.tickedNames()) await deleteDoc(this.doctype, name);
    } catch (error) {
      showMessages(error);
    }
    this.#lastRefresh = 0;
    await this.refresh();
  }

  #openRow(event: MouseEvent): void {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(target instanceof Element)) return;
    const filter = target.closest<HTMLElement>("[data-filter]");
    if (filter !== null) {
      const [field = "", operator = "=", ...value] = (filter.dataset["filter"] ?? "").split(",");
      this.setFilters([...this.#filters.filter(([name]) => name !== field), [field, operator, value.join(",")]]);
      return;
    }
    if (target.closest("input, a, button, .list-row-activity") !== null) return;
    const name = target.closest(".list-row")?.querySelector<HTMLElement>(".list-row-checkbox")?.dataset["name"];
    if (name !== undefined) this.#router.push(formPath(this.doctype, name));
  }
}
