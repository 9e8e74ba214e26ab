import type { DeskField } from "../../pages/desk-config.ts";
import type { Row } from "../api.ts";
import { __, config } from "../desk-state.ts";
import { find, h } from "../dom.ts";

const LATE = config.profile === 16;

/** One field of a form as the Desk draws it; `changed` is called with what the user typed. */
export function drawControl(doctype: string, field: DeskField, changed: (value: string | number) => void): HTMLElement {
  const attributes = { "data-fieldtype": field.type, "data-fieldname": field.name };
  const label = h(`label.control-label${field.required ? ".reqd" : ""}`, {}, __(field.label));
  const input = field.readOnly ? null : drawInput(doctype, field, changed);
  const wrapper = h(
    "div.control-input-wrapper",
    {},
    h("div.control-input", {}, input),
    h("div.control-value.like-disabled-input"),
    LATE ? h("div.help-box.small.text-muted") : h("p.help-box.small.text-muted"),
  );
  if (!field.readOnly) find(wrapper, ".control-value").style.display = "none";
  const group = h(`div.form-group${LATE ? ".horizontal" : ""}`, {}, h("div.clearfix", {}, label), wrapper);
  return h("div.frappe-control.input-max-width", attributes, group, h("span.tooltip-content", {}, field.name));
}

function drawInput(doctype: string, field: DeskField, changed: (value: string | number) => void): HTMLElement {
  const attributes = {
    "data-fieldtype": field.type,
    "data-fieldname": field.name,
    "data-doctype": doctype,
    "aria-label": field.label,
  };
  if (field.type === "Select") {
    const options = field.options.split("\n").map((one) => h("option", { value: one }, __(one)));
    const select = h("select.input-with-feedback.form-control", attributes, ...options);
    select.addEventListener("input", () => changed(select.value));
    return select;
  }
  const type = field.type === "Check" ? "checkbox" : "text";
  const input = h("input.input-with-feedback.form-control", {
    type,
    autocomplete: "off",
    ...attributes,
  });
  input.addEventListener("input", () => changed(type === "checkbox" ? Number(input.checked) : input.value));
  return input;
}

/** Puts a record's value into a control. */
export function fillControl(control: HTMLElement, doc: Row): void {
  const value = doc[control.dataset["fieldname"] ?? ""] ?? "";
  find(control, ".control-value").textContent = String(value);
  const input = control.querySelector<HTMLInputElement | HTMLSelectElement>(
    ".control-input input, .control-input select",
  );
  if (input === null) return;
  if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = value === 1;
  else input.value = String(value);
}
