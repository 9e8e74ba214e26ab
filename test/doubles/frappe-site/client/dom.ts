type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string | null;

type TagOf<S extends string> = S extends `${infer T}#${string}` ? T : S extends `${infer T}.${string}` ? T : S;
type ElementOf<S extends string> =
  TagOf<S> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[TagOf<S>] : HTMLElement;

/** Makes an element from `tag#id.class.class`, attributes and children. */
export function h<S extends string>(
  selector: S,
  attributes: Attributes = {},
  ...children: readonly Child[]
): ElementOf<S> {
  const [head = "div", ...classes] = selector.split(".");
  const [tag, id] = head.split("#");
  const element = document.createElement(tag === "" || tag === undefined ? "div" : tag);
  if (id !== undefined) element.id = id;
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element as ElementOf<S>;
}

/** A label whose access letter stands in a span of its own, as the Desk draws its buttons. */
export function withAccessLetter(label: string): HTMLElement {
  return h("span", {}, h("span.alt-underline", {}, label.slice(0, 1)), label.slice(1));
}

export function find(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
}
