import { __, config, expose } from "../desk-state.ts";
import { h, withAccessLetter } from "../dom.ts";
import { drawHead, menuItem } from "../page-head.ts";
import type { Router } from "../router.ts";

import { ListControls } from "./list-controls.ts";
import { ListPage } from "./list-page.ts";
import { ListSelection } from "./list-selection.ts";

const LATE = config.profile === 16;
const PAGE_LENGTHS = [20, 100, 500, 2500];

/** Fills a list's container with the version's tree and brings it to life (`frappe-hr.md` §11.4, §11.5). */
export function drawList(container: HTMLElement, doctype: string, router: Router): ListPage {
  const head = drawHead({ isForm: false, title: __(doctype), primary: `${__("Add")} ${__(doctype)}` });
  const result = h(`div.result${LATE ? ".no-assign-to" : ""}`, LATE ? { style: "min-height: 300px" } : {});
  if (!LATE) result.append(h("div.freeze"));
  const controls = new ListControls(doctype, {
    filtersChanged: (filters) => page.setFilters(filters),
    sortingChanged: () => void page.refresh(),
  });
  controls.draw();
  container.replaceChildren(head.root, drawBody(controls.root, result, doctype));
  const selection = new ListSelection(container, head);
  const page = new ListPage(doctype, { container, result, head, controls, selection }, router);
  page.listen();
  const bridge = bridgeTo(page, head);
  container.addEventListener("stand-in:shown", () => expose("cur_list", bridge));
  expose("cur_list", bridge);
  return page;
}

function drawBody(form: HTMLElement, result: HTMLElement, doctype: string): HTMLElement {
  const paging = PAGE_LENGTHS.map((length) =>
    h(
      `button.btn.btn-default.btn-sm.btn-paging${length === 20 ? ".btn-info" : ""}`,
      { type: "button", "data-value": String(length) },
      String(length),
    ),
  );
  const list = h(
    "div.frappe-list",
    {},
    LATE ? h("div.result-container", {}, result) : result,
    h("div.no-result.text-muted.hide", {}, `No ${doctype} found`),
    h(
      "div.list-paging-area.level",
      {},
      h("div.level-left", {}, h("div.btn-group", {}, ...paging)),
      h("div.level-right", {}, h("button.btn.btn-default.btn-more.btn-sm.hide", { type: "button" }, __("Load More"))),
    ),
  );
  const section = h(`div.layout-main-section.${LATE ? "layout-main-list" : "frappe-card"}`, {}, form, list);
  const wrapper = h(`div.col.layout-main-section-wrapper${LATE ? ".list-view" : ""}`, {}, section);
  const layout = LATE
    ? h("div.layout-main.layout-two-column", {}, wrapper)
    : h("div.row.layout-main", {}, h("div.col-lg-2.layout-side-section", {}, sidebar()), wrapper);
  return h("div.container.page-body", {}, h("div.page-wrapper", {}, h("div.page-content", {}, layout)));
}

function sidebar(): HTMLElement {
  const entries = ["Assigned To", "Created By", "Tags"].map((label) =>
    h("li.list-link", {}, h("a.list-sidebar-button", {}, __(label))),
  );
  return h(
    "div.list-sidebar.overlay-sidebar",
    {},
    h("ul.list-unstyled.sidebar-menu", {}, h("li.sidebar-label", {}, __("Filter By")), ...entries),
  );
}

/** The little of `cur_list` that a MAIN-world bridge may use. */
function bridgeTo(page: ListPage, head: ReturnType<typeof drawHead>): Record<string, unknown> {
  return {
    doctype: page.doctype,
    get_checked_items: (onlyNames?: boolean) => (onlyNames === true ? page.tickedNames() : page.tickedRows()),
    get_filters_for_args: () => page.filterRows(),
    refresh: () => page.refresh(),
    page: {
      add_actions_menu_item(label: string, act: () => void): void {
        head.actionsMenu.append(menuItem(label, act, ".user-action"));
      },
      add_inner_button(label: string, act: () => void): void {
        const button = h(
          "button.btn.btn-default.ellipsis",
          { type: "button", "data-label": encodeURIComponent(label) },
          withAccessLetter(label),
        );
        button.addEventListener("click", act);
        head.customActions.classList.remove("hide");
        head.customActions.append(button);
      },
    },
  };
}
