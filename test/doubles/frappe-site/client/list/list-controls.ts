import type { Filter } from "../api.ts";
import { __, config } from "../desk-state.ts";
import { find, h } from "../dom.ts";

import { labelOf, standardFiltersOf } from "./list-columns.ts";

export interface Sorting {
  field: string;
  direction: "asc" | "desc";
}

interface Hooks {
  readonly filtersChanged: (filters: Filter[]) => void;
  readonly sortingChanged: () => void;
}

const FILTER_OPERATORS = ["=", "!=", "like", "in", ">", "<", ">=", "<=", "between", "is"];

/** The row of standard filters, the filter button and the sort selector above a list. */
export class ListControls {
  readonly root: HTMLElement;
  readonly sorting: Sorting = { field: "modified", direction: "desc" };
  readonly #doctype: string;
  readonly #hooks: Hooks;
  #filters: Filter[] = [];

  constructor(doctype: string, hooks: Hooks) {
    this.#doctype = doctype;
    this.#hooks = hooks;
    this.root = h("div.page-form.flex");
  }

  draw(): void {
    const standard = standardFiltersOf(this.#doctype).map((field) => this.#standardFilter(field));
    this.root.append(
      h("div.standard-filter-section.flex", {}, ...standard),
      h("div.filter-section.flex", {}, this.#filterSelector(), this.#sortSelector()),
    );
  }

  show(filters: readonly Filter[]): void {
    this.#filters = [...filters];
    const button = find(this.root, ".filter-button");
    button.classList.toggle("btn-primary-light", filters.length > 0);
    find(button, ".button-label").textContent =
      filters.length > 0 ? `${__("Filters")} ${String(filters.length)}` : __("Filters");
    for (const input of this.root.querySelectorAll<HTMLInputElement>(".standard-filter-section input")) {
      const own = filters.find(([field]) => field === input.dataset["fieldname"]);
      input.value = own === undefined ? "" : String(own[2]).replaceAll("%", "");
    }
  }

  #standardFilter(field: string): HTMLElement {
    const label = __(labelOf(this.#doctype, field));
    const input = h("input.input-with-feedback.form-control.input-xs", {
      type: "text",
      placeholder: label,
      "aria-label": label,
      "data-fieldtype": "Data",
      "data-fieldname": field,
    });
    input.addEventListener("change", () => {
      const { value } = input;
      const others = this.#filters.filter(([name]) => name !== field);
      this.#hooks.filtersChanged(value === "" ? others : [...others, [field, "like", `%${value}%`]]);
    });
    // Text filters of v16 stand in a group with a button for the kind of match.
    const match = h("button.match-type-dropdown-btn", { type: "button", "aria-label": "Match" }, "≈");
    const content = config.profile === 16 ? h("div.input-group", {}, input, match) : input;
    const attributes = { "data-fieldtype": "Data", "data-fieldname": field };
    return h("div.form-group.frappe-control.input-max-width", attributes, content);
  }

  #filterSelector(): HTMLElement {
    const button = h(
      "button.btn.btn-default.btn-sm.filter-button",
      { type: "button" },
      h("span.button-label", {}, __("Filters")),
    );
    const clear = h(
      "button.btn.btn-default.btn-sm.filter-x-button",
      { type: "button", title: "Clear all filters" },
      "×",
    );
    const popover = this.#filterPopover();
    button.addEventListener("click", () => popover.classList.toggle("hide"));
    clear.addEventListener("click", () => this.#hooks.filtersChanged([]));
    return h("div.filter-selector", {}, h("div.btn-group", {}, button, clear), popover);
  }

  #filterPopover(): HTMLElement {
    const field = h("input.form-control.filter-field", {
      placeholder: "field",
      "aria-label": "Field",
    });
    const options = FILTER_OPERATORS.map((one) => h("option", { value: one }, one));
    const operator = h("select.form-control.filter-operator", { "aria-label": "Operator" }, ...options);
    const value = h("input.form-control.filter-value", {
      placeholder: "value",
      "aria-label": "Value",
    });
    const apply = h("button.btn.btn-primary.btn-sm.apply-filters", { type: "button" }, "Apply");
    const popover = h("div.filter-popover.hide", {}, field, operator, value, apply);
    apply.addEventListener("click", () => {
      popover.classList.add("hide");
      const listed = operator.value === "in" || operator.value === "between";
      this.#hooks.filtersChanged([
        ...this.#filters,
        [field.value, operator.value, listed ? value.value.split(",") : value.value],
      ]);
    });
    return popover;
  }

  #sortSelector(): HTMLElement {
    const order = h(
      "button.btn.btn-default.btn-sm.btn-order",
      { type: "button", "data-value": "desc", title: "descending" },
      "↓",
    );
    const field = h(
      "button.btn.btn-default.btn-sm.sort-selector-button",
      { type: "button" },
      h("span.dropdown-text", {}, __("Last Updated On")),
    );
    order.addEventListener("click", () => {
      this.sorting.direction = this.sorting.direction === "desc" ? "asc" : "desc";
      order.dataset["value"] = this.sorting.direction;
      order.textContent = this.sorting.direction === "desc" ? "↓" : "↑";
      this.#hooks.sortingChanged();
    });
    field.addEventListener("click", () => {
      this.sorting.field = this.sorting.field === "modified" ? "name" : "modified";
      find(field, ".dropdown-text").textContent = this.sorting.field === "modified" ? __("Last Updated On") : "ID";
      this.#hooks.sortingChanged();
    });
    return h("div.sort-selector", {}, h("div.btn-group", {}, order, field));
  }
}
