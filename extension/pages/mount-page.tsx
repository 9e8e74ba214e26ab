import type { JSX } from "preact";
import { render } from "preact";

/** Draws a page of the extension, with its own look and nothing else in the document. */
export function mountPage(styles: string, page: JSX.Element): void {
  const root = document.createElement("div");
  document.body.append(root);
  render(
    <>
      <style>{styles}</style>
      {page}
    </>,
    root,
  );
}
