import { h } from "./dom.ts";

/** The page of a label, kept for ever once made: others are only hidden (`frappe-hr.md` §11.2). */
export function openContainer(label: string): { container: HTMLElement; isNew: boolean } {
  const known = containers().find((one) => one.dataset["pageRoute"] === label);
  const container = known ?? makeContainer(label);
  for (const other of containers()) other.style.display = other === container ? "block" : "none";
  return { container, isNew: known === undefined };
}

export function isShown(container: HTMLElement): boolean {
  return container.style.display !== "none";
}

function containers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#body > .page-container")];
}

function makeContainer(label: string): HTMLElement {
  const container = h("div.content.page-container", { "data-page-route": label });
  container.id = `page-${label}`;
  document.getElementById("body")?.append(container);
  return container;
}
