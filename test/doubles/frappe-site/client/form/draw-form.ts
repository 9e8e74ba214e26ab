import type { DeskDocType } from "../../pages/desk-config.ts";
import { __, config, slugOf } from "../desk-state.ts";
import { find, h } from "../dom.ts";
import type { PageHead } from "../page-head.ts";

import { drawControl } from "./form-controls.ts";
import { layoutOf } from "./form-layout.ts";
import type { FormSection, FormTab } from "./form-layout.ts";

const LATE = config.profile === 16;

export type FieldChanged = (field: string, value: string | number) => void;

/** Fills a form's container with the version's tree (`frappe-hr.md` §11.6). */
export function drawForm(container: HTMLElement, head: PageHead, doctype: DeskDocType, changed: FieldChanged): void {
  const message = config.lateForms ? h("div.form-message-container.hidden") : h("div.form-message.hidden");
  const page = h("div.form-page");
  const section = h(
    "div.layout-main-section",
    {},
    h("div.page-form.row.hide"),
    h("div", {}, h("div.std-form-layout", {}, h("div.form-layout", {}, message, page))),
  );
  const main = h("div.col.layout-main-section-wrapper", {}, section, footer());
  const side = h(`div.layout-side-section${LATE ? ".right" : ".col-lg-2"}`, {}, sidebar());
  const layout = LATE
    ? h("div.layout-main.layout-two-column", {}, main, side)
    : h("div.row.layout-main", {}, side, main);
  container.classList.add("editable-form");
  container.dataset["state"] = "clean";
  container.replaceChildren(
    head.root,
    h("div.container.page-body", {}, h("div.page-wrapper", {}, h("div.page-content", {}, layout))),
  );
  drawControls(page, doctype, changed);
}

/** Draws tabs and controls; done again where a new record wipes them. */
export function drawControls(page: HTMLElement, doctype: DeskDocType, changed: FieldChanged): void {
  const tabs = layoutOf(
    doctype.name,
    doctype.fields.map((one) => one.name),
  );
  const opened = page.querySelector<HTMLElement>(".nav-link.active")?.dataset["fieldname"];
  const panes = tabs.map((tab) => drawPane(tab, doctype, changed));
  if (tabs.every((tab) => tab.tab === null)) {
    page.replaceChildren(...panes.flatMap((pane) => [...pane.children]));
    return;
  }
  const links = tabs.map((tab) => drawTab(tab, doctype.name));
  page.replaceChildren(
    h("div.form-tabs-list", {}, h("ul#form-tabs.nav.form-tabs", { role: "tablist" }, ...links)),
    h("div.form-tab-content.tab-content", {}, ...panes),
  );
  page.querySelectorAll<HTMLElement>(".nav-link").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      openTab(page, link.dataset["fieldname"] ?? "");
    }),
  );
  openTab(page, opened ?? tabs[0]?.tab ?? "");
}

function drawTab(tab: FormTab, doctype: string): HTMLElement {
  const id = `${slugOf(doctype)}-${tab.tab ?? ""}`;
  const attributes = {
    "data-toggle": "tab",
    "data-fieldname": tab.tab ?? "",
    href: `#${id}`,
    role: "tab",
    "aria-controls": id,
  };
  const link = h(`${config.lateForms ? "button" : "a"}.nav-link`, { id: `${id}-tab`, ...attributes }, tab.label);
  return h("li.nav-item.show", {}, link);
}

function openTab(page: HTMLElement, name: string): void {
  for (const link of page.querySelectorAll<HTMLElement>(".nav-link"))
    link.classList.toggle("active", link.dataset["fieldname"] === name);
  for (const pane of page.querySelectorAll<HTMLElement>(".tab-pane"))
    pane.classList.toggle("active", pane.id.endsWith(`-${name}`));
}

function drawPane(tab: FormTab, doctype: DeskDocType, changed: FieldChanged): HTMLElement {
  const sections = tab.sections.map((one) => drawSection(one, doctype, changed));
  if (tab.tab === null) return h("div", {}, ...sections);
  const id = `${slugOf(doctype.name)}-${tab.tab}`;
  return h("div.tab-pane.fade.show", { id, role: "tabpanel", "aria-labelledby": `${id}-tab` }, ...sections);
}

function drawSection(section: FormSection, doctype: DeskDocType, changed: FieldChanged): HTMLElement {
  const columns = section.columns.map((names, at) => {
    const controls = names.flatMap((name) => {
      const field = doctype.fields.find((one) => one.name === name);
      return field === undefined ? [] : [drawControl(doctype.name, field, (value) => changed(name, value))];
    });
    return h("div.form-column", { "data-fieldname": `__column_${String(at + 1)}` }, h("form", {}, ...controls));
  });
  const head = section.title === "" ? null : h("div.section-head", {}, section.title);
  return h(
    "div.row.form-section.card-section.visible-section",
    { "data-fieldname": section.name },
    head,
    h("div.section-body", {}, ...columns),
  );
}

function sidebar(): HTMLElement {
  const entries = ["Assigned To", "Attachments", "Tags", "Share"].map((label) =>
    h("li", {}, h("span.form-sidebar-items", {}, __(label))),
  );
  const name = LATE ? h("li", {}, h("span.form-name-copy")) : null;
  const image = h(
    "li.sidebar-image-wrapper",
    {},
    h("img.sidebar-image.hide", { alt: "" }),
    h("div.sidebar-standard-image", {}, h("div.standard-image")),
  );
  return h(
    "div.form-sidebar.overlay-sidebar",
    {},
    h("ul.list-unstyled.sidebar-menu.sidebar-image-section", {}, image),
    h("ul.list-unstyled.sidebar-menu", {}, name, ...entries),
  );
}

function footer(): HTMLElement {
  const box = h("div.comment-box", {}, h("div.comment-input-header", {}, h("span", {}, __("Comments"))));
  const timeline = h("div.new-timeline", {}, h("div.timeline-items", {}, h("div.timeline-item", {}, "Created")));
  return h("div.form-footer", {}, h("div.after-save", {}, box, timeline));
}

export function formPageOf(container: HTMLElement): HTMLElement {
  return find(container, ".form-page");
}
