import { __, config } from "./desk-state.ts";
import { find, h, withAccessLetter } from "./dom.ts";

/** The parts of a page's head that its owner changes later. */
export interface PageHead {
  readonly root: HTMLElement;
  readonly actionsGroup: HTMLElement;
  readonly actionsMenu: HTMLElement;
  readonly primary: HTMLElement;
  readonly customActions: HTMLElement;
  readonly menu: HTMLElement;
  setTitle(title: string, documentTitle?: string): void;
  setIndicator(text: string, colour: string): void;
}

/** Draws `.page-head` with title and actions as the version's trees have them (`frappe-hr.md` §11.4, §11.5). */
export function drawHead(options: {
  readonly isForm: boolean;
  readonly title: string;
  readonly primary: string;
}): PageHead {
  const late = config.profile === 16;
  const indicator = h("span.indicator-pill.whitespace-nowrap");
  const titleArea = h(
    `div.title-area.flex${options.isForm ? ".editable-title" : ""}`,
    {},
    ...(late ? [h("ul.navbar-breadcrumbs")] : [h("h3.title-text.ellipsis")]),
    indicator,
  );
  const actions = drawActions(options.isForm, options.primary);
  const pageTitle = h("div.page-title", {}, titleArea);
  const content = h(
    "div.row.flex.page-head-content",
    {},
    pageTitle,
    late ? h("div.standard-items-section", {}, actions) : actions,
  );
  const root = h("div.page-head.flex", {}, h("div.container", {}, content));
  const head: PageHead = {
    root,
    actionsGroup: find(actions, ".actions-btn-group"),
    actionsMenu: find(actions, ".actions-btn-group .dropdown-menu"),
    primary: find(actions, ".primary-action"),
    customActions: find(actions, ".custom-actions"),
    menu: find(actions, ".menu-btn-group .dropdown-menu"),
    setTitle: (title, documentTitle) => setTitle(titleArea, title, documentTitle, late),
    setIndicator(text, colour) {
      indicator.className = `indicator-pill whitespace-nowrap ${colour}`;
      indicator.replaceChildren(...(text === "" ? [] : [h("span", {}, text)]));
    },
  };
  head.setTitle(options.title);
  return head;
}

function setTitle(area: HTMLElement, title: string, documentTitle: string | undefined, late: boolean): void {
  if (!late) {
    const heading = find(area, ".title-text");
    heading.textContent = documentTitle ?? title;
    heading.setAttribute("title", documentTitle ?? title);
    return;
  }
  const items = [h("li", {}, h("a.title-text", { title }, title))];
  if (documentTitle !== undefined) items.push(h("li.disabled", {}, h("a.title-text-form", {}, documentTitle)));
  find(area, ".navbar-breadcrumbs").replaceChildren(...items);
}

function drawActions(isForm: boolean, primary: string): HTMLElement {
  const late = config.profile === 16;
  const icon = (classes: string, label: string, sign: string): HTMLElement =>
    h(`button.btn.btn-default.icon-btn${classes}`, { type: "button", "aria-label": label, title: label }, sign);
  const icons = isForm
    ? [icon(".prev-doc", "Previous Document", "‹"), icon(".next-doc", "Next Document", "›")]
    : [icon(".reload-list", __("Reload"), "⟳")];
  const standard = h(
    "div.standard-actions.flex",
    {},
    h("span.page-icon-group", {}, ...icons),
    h(
      "div.menu-btn-group",
      {},
      h("button.btn.btn-default.icon-btn", { type: "button", "aria-label": "Menu", "data-toggle": "dropdown" }, "⋯"),
      h("ul.dropdown-menu", { role: "menu" }),
    ),
    h("button.btn.btn-secondary.btn-default.btn-sm.hide", { type: "button" }),
    h(
      "div.actions-btn-group.hide",
      {},
      h(
        "button.btn.btn-primary.btn-sm",
        { type: "button", "data-toggle": "dropdown" },
        h("span.actions-btn-group-label", { "data-label": "Actions" }, withAccessLetter(__("Actions"))),
      ),
      h("ul.dropdown-menu.dropdown-menu-right", { role: "menu" }),
    ),
    h(
      "button.btn.btn-primary.btn-sm.primary-action",
      { type: "button", "data-label": primary },
      withAccessLetter(primary),
    ),
  );
  const custom = h("div.custom-actions.hide");
  if (isForm) return h("div.page-actions.flex", {}, h("div.form-viewers"), custom, standard);
  return h("div.page-actions.flex", {}, ...(late ? [h("div.filters.flex")] : []), custom, standard);
}

/** One entry of a drop-down menu. */
export function menuItem(label: string, act: () => void, classes = ""): HTMLElement {
  const link = h(
    "a.grey-link.dropdown-item",
    { href: "#" },
    h("span.menu-item-label", { "data-label": encodeURIComponent(label) }, withAccessLetter(label)),
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
  return h(`li${classes}`, {}, link);
}
