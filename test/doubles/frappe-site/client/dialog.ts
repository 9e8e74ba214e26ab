import { SiteError } from "./api.ts";
import { h } from "./dom.ts";

/** Shows what an error wants shown, in the Desk's modal (`frappe-hr.md` §11.6). */
export function showMessages(error: unknown): void {
  const texts = error instanceof SiteError && error.shown.length > 0 ? error.shown : [String(error)];
  const close = h("button.btn.btn-modal-primary.btn-primary.btn-sm", { type: "button" }, "OK");
  const body = h("div.modal-body");
  // Messages of the site carry HTML; only their text is shown here.
  for (const text of texts)
    body.append(h("p", {}, new DOMParser().parseFromString(text, "text/html").body.textContent));
  const modal = h(
    "div.modal.fade.show",
    { role: "dialog" },
    h(
      "div.modal-dialog",
      {},
      h(
        "div.modal-content",
        {},
        h("div.modal-header", {}, h("h4.modal-title", {}, "Message")),
        body,
        h("div.modal-footer", {}, h("div.standard-actions", {}, close)),
      ),
    ),
  );
  close.addEventListener("click", () => modal.remove());
  document.body.append(modal);
}

/** Opening a route hides dialogs. */
export function closeDialogs(): void {
  for (const modal of document.querySelectorAll(".modal.show")) modal.remove();
}
