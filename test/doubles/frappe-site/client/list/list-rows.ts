import type { Row } from "../api.ts";
import { __, config, formPath } from "../desk-state.ts";
import { h } from "../dom.ts";

import { colourOf, columnsOf, labelOf, subjectOf } from "./list-columns.ts";

const LATE = config.profile === 16;
const WIDTH = "width: 180px";

/** The header row; v16 wraps it in a `.list-row-container` and draws it anew at each refresh (§11.5). */
export function drawHeader(doctype: string, count: string): HTMLElement {
  const label = h("span.level-item", {}, __(labelOf(doctype, subjectOf(doctype))));
  const columns = columnsOf(doctype).map((one) => column(one.field, h("span", {}, __(one.label))));
  const header = h(
    "header.level.list-row-head.text-muted",
    {},
    h(
      "div.level-left.list-header-subject",
      {},
      h("div.list-row-col.ellipsis.list-subject.level", {}, checkAll(), label),
      h("div.list-row-col.tag-col.hide", {}, h("span", {}, "Tag")),
      ...columns,
    ),
    h(
      "div.level-left.checkbox-actions",
      {},
      h("div.level.list-subject", {}, checkAll(), h("span.level-item.list-header-meta")),
    ),
    h("div.level-right", {}, h("span.list-count", {}, h("span", {}, count))),
  );
  return LATE ? h("div.list-row-container", {}, header) : header;
}

function checkAll(): HTMLElement {
  const box = h(`input${LATE ? ".list-header-checkbox" : ""}.list-check-all`, {
    type: "checkbox",
    title: "Select All",
  });
  return LATE ? h("span.level-item.select-like", {}, box) : box;
}

/** One row with the attributes of `frappe-hr.md` §14.4. */
export function drawRow(doctype: string, row: Row): HTMLElement {
  const name = String(row["name"]);
  const title = String(row[subjectOf(doctype)] ?? name);
  const box = h("input.list-row-checkbox", { type: "checkbox", "data-doctype": doctype, "data-name": name });
  const link = h(
    "a.ellipsis",
    { "data-doctype": doctype, "data-name": name, href: formPath(doctype, name), title },
    title,
  );
  const cells = columnsOf(doctype).map((one) => column(one.field, cell(doctype, row, one.field)));
  return h(
    "div.list-row-container",
    { tabindex: "1" },
    h(
      "div.level.list-row",
      {},
      h(
        "div.level-left.ellipsis",
        {},
        h(
          "div.list-row-col.ellipsis.list-subject.level",
          {},
          h("span.level-item.select-like", {}, box),
          h("span.level-item.bold.ellipsis", {}, link),
        ),
        h("div.list-row-col.tag-col.hide"),
        ...cells,
      ),
      h("div.level-right.text-muted", {}, activity(doctype, row, name)),
    ),
    LATE ? null : h("div.list-row-border"),
  );
}

function column(field: string, content: HTMLElement): HTMLElement {
  if (LATE) return h(`div.list-row-col.ellipsis.${field}`, { style: WIDTH }, content);
  return h("div.list-row-col.ellipsis", {}, content);
}

function cell(doctype: string, row: Row, field: string): HTMLElement {
  const value = String(row[field] ?? "");
  if (field === "status") return pill(colourOf(value), `${field},=,${value}`, __(value));
  if (field === "log_type" && row["offshift"] === 1) return pill("yellow", "offshift,=,1", "Off-Shift");
  const link = h("a.filterable.ellipsis", { "data-filter": `${field},=,${value}` }, value);
  return h("span.ellipsis", { title: `${labelOf(doctype, field)}: ${value}` }, link);
}

function pill(colour: string, filter: string, text: string): HTMLElement {
  return h(
    `span.indicator-pill.${colour}.filterable.ellipsis`,
    { "data-filter": filter },
    h("span.ellipsis", {}, text),
  );
}

/** The like button carries `data-name` too: rows must be found by their check box. */
function activity(doctype: string, row: Row, name: string): HTMLElement {
  const modified = String(row["modified"] ?? "");
  const stamp = h("span.frappe-timestamp.mini", { "data-timestamp": modified, title: modified }, modified.slice(5, 16));
  const like = h("span.like-action.not-liked", { "data-doctype": doctype, "data-name": name }, "♡");
  return h(
    "div.level-item.list-row-activity",
    {},
    h("span.modified", {}, stamp),
    h("span.comment-count", {}, "0"),
    h("span.list-row-like", {}, like),
  );
}
