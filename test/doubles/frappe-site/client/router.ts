import { config, doctypeBySlug, host } from "./desk-state.ts";

/** Where the address leads. */
export type Route =
  | { readonly kind: "home" }
  | { readonly kind: "list"; readonly doctype: string }
  | { readonly kind: "form"; readonly doctype: string; readonly name: string };

type Listener = () => void;

/** Reads the address and tells the page to show what it names; navigation is pushState, as in the Desk. */
export class Router {
  readonly #show: (route: Route) => void;
  readonly #listeners = new Set<Listener>();
  #current = "";

  constructor(show: (route: Route) => void) {
    this.#show = show;
  }

  start(): void {
    window.addEventListener("popstate", () => this.open());
    document.addEventListener("click", (event) => this.#followLink(event));
    host["get_route"] = (): string[] => this.routeText().split("/");
    host["set_route"] = (...parts: string[]): void =>
      this.push(`/${config.prefix}/${parts.map(encodeURIComponent).join("/")}`);
    host["router"] = { on: (_event: string, listener: Listener) => this.#listeners.add(listener), current_route: [] };
    this.open();
  }

  push(path: string): void {
    if (path === location.pathname + location.search) return;
    history.pushState(null, "", path);
    this.open();
  }

  /** Shows the address; `body[data-route]` is set first, before anything of the page is filled. */
  open(): void {
    this.#current = routeText(routeOf(location.pathname));
    document.body.dataset["route"] = this.#current;
    this.#show(routeOf(location.pathname));
    for (const listener of this.#listeners) listener();
  }

  routeText(): string {
    return this.#current;
  }

  #followLink(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      !(event.target instanceof Element)
    )
      return;
    const link = event.target.closest("a[href]");
    const href = link?.getAttribute("href") ?? "";
    if (href === "#") event.preventDefault();
    if (!href.startsWith(`/${config.prefix}`)) return;
    event.preventDefault();
    this.push(href);
  }
}

export function routeOf(path: string): Route {
  const [, , slug = "", ...rest] = path.split("/");
  const doctype = doctypeBySlug(decodeURIComponent(slug))?.name;
  if (doctype === undefined) return { kind: "home" };
  const [first = ""] = rest;
  if (first === "" || first === "view") return { kind: "list", doctype };
  return { kind: "form", doctype, name: rest.map(decodeURIComponent).join("/") };
}

export function routeText(route: Route): string {
  if (route.kind === "home") return "Workspaces/Home";
  return route.kind === "list" ? `List/${route.doctype}/List` : `Form/${route.doctype}/${route.name}`;
}
