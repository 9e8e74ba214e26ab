import { __ } from "../desk-state.ts";
import type { PageHead } from "../page-head.ts";

/**
 * Which rows are ticked, and what the page shows for it. The header's box, a range, Ctrl-click and dragging set the
 * row boxes by property: no event tells of it (`frappe-hr.md` §11.4).
 */
export class ListSelection {
  readonly #root: HTMLElement;
  readonly #head: PageHead;
  #last: HTMLInputElement | null = null;
  #dragged: boolean | null = null;

  constructor(root: HTMLElement, head: PageHead) {
    this.#root = root;
    this.#head = head;
  }

  listen(): void {
    this.#root.addEventListener("click", (event) => this.#clicked(event));
    this.#root.addEventListener("mousedown", (event) => this.#startDrag(event));
    this.#root.addEventListener("mousemove", (event) => this.#drag(event));
    document.addEventListener("mouseup", () => (this.#dragged = null));
  }

  names(): string[] {
    return this.#boxes()
      .filter((box) => box.checked)
      .map((box) => box.dataset["name"] ?? "");
  }

  /** After rows were drawn anew: those ticked before are ticked again, by name. */
  restore(names: readonly string[]): void {
    const wanted = new Set(names);
    for (const box of this.#boxes()) box.checked = wanted.has(box.dataset["name"] ?? "");
    this.show();
  }

  show(): void {
    const count = this.names().length;
    const any = count > 0;
    this.#head.actionsGroup.classList.toggle("hide", !any);
    this.#head.primary.classList.toggle("hide", any);
    for (const part of this.#parts(".list-header-subject")) part.style.display = any ? "none" : "";
    for (const part of this.#parts(".checkbox-actions")) part.style.display = any ? "block" : "";
    for (const part of this.#parts(".list-header-meta")) part.textContent = `${count} ${__("items selected")}`;
    for (const all of this.#root.querySelectorAll<HTMLInputElement>(".list-check-all"))
      all.checked = any && count === this.#boxes().length;
  }

  #clicked(event: MouseEvent): void {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target instanceof HTMLInputElement && target.matches(".list-check-all")) {
      for (const box of this.#boxes()) box.checked = target.checked;
      this.show();
    } else if (target instanceof HTMLInputElement && target.matches(".list-row-checkbox")) {
      if (event.shiftKey) this.#tickRange(target);
      this.#last = target;
      this.show();
    } else if (event.ctrlKey || event.metaKey) {
      const box = target.closest(".list-row")?.querySelector<HTMLInputElement>(".list-row-checkbox") ?? null;
      if (box === null) return;
      event.preventDefault();
      box.checked = !box.checked;
      this.show();
    }
  }

  #tickRange(until: HTMLInputElement): void {
    const boxes = this.#boxes();
    const ends = [boxes.indexOf(this.#last ?? until), boxes.indexOf(until)];
    for (const box of boxes.slice(Math.min(...ends), Math.max(...ends) + 1)) box.checked = until.checked;
  }

  #startDrag(event: MouseEvent): void {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.matches(".list-row-checkbox")) this.#dragged = !target.checked;
  }

  #drag(event: MouseEvent): void {
    if (this.#dragged === null || event.buttons !== 1 || !(event.target instanceof Element)) return;
    const box = event.target.closest(".list-row")?.querySelector<HTMLInputElement>(".list-row-checkbox") ?? null;
    if (box === null) return;
    box.checked = this.#dragged;
    this.show();
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#root.querySelectorAll<HTMLInputElement>(".list-row-checkbox")];
  }

  #parts(selector: string): NodeListOf<HTMLElement> {
    return this.#root.querySelectorAll<HTMLElement>(selector);
  }
}
