import type { DeskDocType } from "../../pages/desk-config.ts";
import { getDoc, runDocMethod, saveDoc } from "../api.ts";
import type { Row } from "../api.ts";
import { __, config, expose } from "../desk-state.ts";
import { showMessages } from "../dialog.ts";
import { find, h } from "../dom.ts";
import { colourOf } from "../list/list-columns.ts";
import { drawHead } from "../page-head.ts";
import type { PageHead } from "../page-head.ts";

import { drawControls, drawForm, formPageOf } from "./draw-form.ts";
import { fillControl } from "./form-controls.ts";

/** The one form of a DocType, filled again for each record. */
export class FormPage {
  readonly #container: HTMLElement;
  readonly #doctype: DeskDocType;
  readonly #head: PageHead;
  #name = "";
  #doc: Row = {};
  #edits: Record<string, string | number> = {};

  constructor(container: HTMLElement, doctype: DeskDocType) {
    this.#container = container;
    this.#doctype = doctype;
    this.#head = drawHead({ isForm: true, title: __(doctype.name), primary: __("Save") });
  }

  draw(): void {
    drawForm(this.#container, this.#head, this.#doctype, (field, value) => this.#edit(field, value));
    this.#head.primary.addEventListener("click", () => void this.save());
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s" || this.#container.style.display === "none") return;
      event.preventDefault();
      void this.save();
    });
    if (this.#doctype.name === "Shift Type") this.#addMarkAttendance();
  }

  /** Shows a record: the address and `data-route` have changed already, the DOM follows when it is loaded. */
  async open(name: string): Promise<void> {
    const isOther = name !== this.#name;
    this.#name = name;
    expose("cur_frm", this.#bridge());
    try {
      const doc = await getDoc(this.#doctype.name, name);
      if (name !== this.#name) return;
      if (isOther && config.wipeFormControls) this.#redraw();
      this.#fill(doc);
    } catch (error) {
      showMessages(error);
    }
  }

  /** Sends the edits with the `modified` of the last read: a record that changed meanwhile is refused. */
  async save(): Promise<void> {
    try {
      const { modified = null } = this.#doc;
      this.#fill(await saveDoc(this.#doctype.name, this.#name, { ...this.#edits, modified }));
    } catch (error) {
      showMessages(error);
    }
  }

  #redraw(): void {
    drawControls(formPageOf(this.#container), this.#doctype, (field, value) => this.#edit(field, value));
  }

  #fill(doc: Row): void {
    this.#doc = doc;
    this.#edits = {};
    const title = String(doc[this.#doctype.titleField ?? "name"] ?? this.#name);
    this.#head.setTitle(__(this.#doctype.name), title);
    this.#showState();
    for (const control of formPageOf(this.#container).querySelectorAll<HTMLElement>(".frappe-control"))
      fillControl(control, doc);
    this.#fillSidebar(title, doc);
  }

  #fillSidebar(title: string, doc: Row): void {
    const image = find(this.#container, ".sidebar-image");
    const source = doc["image"];
    image.classList.toggle("hide", typeof source !== "string");
    if (typeof source === "string") image.setAttribute("src", source);
    const initials = title
      .split(" ")
      .map((word) => word.slice(0, 1))
      .slice(0, 2)
      .join("");
    find(this.#container, ".standard-image").textContent = initials;
    const copy = this.#container.querySelector<HTMLElement>(".form-name-copy");
    if (copy !== null) {
      copy.dataset["copy"] = this.#name;
      copy.textContent = this.#name;
    }
  }

  #edit(field: string, value: string | number): void {
    this.#edits[field] = value;
    this.#showState();
  }

  #showState(): void {
    const dirty = this.#isDirty();
    const status = String(this.#doc["status"] ?? "");
    this.#container.dataset["state"] = dirty ? "dirty" : "clean";
    if (dirty) this.#head.setIndicator(__("Not Saved"), "orange");
    else this.#head.setIndicator(status === "" ? "" : __(status), colourOf(status));
  }

  #isDirty(): boolean {
    return Object.keys(this.#edits).length > 0;
  }

  #addMarkAttendance(): void {
    const label = "Mark Attendance";
    const button = h(
      "button.btn.btn-default.ellipsis",
      { type: "button", "data-label": encodeURIComponent(label) },
      label,
    );
    button.addEventListener("click", () => {
      runDocMethod(this.#doctype.name, this.#name, "process_auto_attendance").then(
        () => this.open(this.#name),
        showMessages,
      );
    });
    this.#head.customActions.classList.remove("hide");
    this.#head.customActions.append(button);
  }

  /** The little of `cur_frm` that a MAIN-world bridge may use. */
  #bridge(): Record<string, unknown> {
    return {
      doctype: this.#doctype.name,
      docname: this.#name,
      doc: this.#doc,
      is_dirty: () => this.#isDirty(),
      reload_doc: () => this.open(this.#name),
    };
  }
}
