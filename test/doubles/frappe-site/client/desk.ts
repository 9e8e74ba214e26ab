import { doctypeLinks, drawChrome } from "./chrome.ts";
import { openContainer } from "./containers.ts";
import { config, doctypeByName } from "./desk-state.ts";
import { closeDialogs } from "./dialog.ts";
import { h } from "./dom.ts";
import { FormPage } from "./form/form-page.ts";
import { drawList } from "./list/draw-list.ts";
import type { ListPage } from "./list/list-page.ts";
import { Router, routeText } from "./router.ts";
import type { Route } from "./router.ts";

const lists = new Map<string, ListPage>();
const forms = new Map<string, FormPage>();

/** Shows a route: its container at once, its content a moment later, as in the original. */
function show(route: Route): void {
  closeDialogs();
  const label = route.kind === "form" ? route.doctype : routeText(route);
  const { container } = openContainer(label);
  container.dispatchEvent(new Event("stand-in:shown"));
  setTimeout(() => fill(route, container), config.fillDelayMs);
}

function fill(route: Route, container: HTMLElement): void {
  if (route.kind === "list") {
    const page = lists.get(route.doctype) ?? drawList(container, route.doctype, router);
    lists.set(route.doctype, page);
    page.open();
  } else if (route.kind === "form") {
    void formOf(route.doctype, container)?.open(route.name);
  } else if (container.childElementCount === 0) {
    container.append(
      h("div.container.page-body.home", {}, h("h3.title-text", {}, "Home"), ...doctypeLinks("home-link")),
    );
  }
}

function formOf(doctype: string, container: HTMLElement): FormPage | null {
  const known = forms.get(doctype);
  const meta = doctypeByName(doctype);
  if (known !== undefined || meta === undefined) return known ?? null;
  const form = new FormPage(container, meta);
  form.draw();
  forms.set(doctype, form);
  return form;
}

const router = new Router(show);
drawChrome();
router.start();
