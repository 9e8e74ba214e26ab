/** Names in the Desk's DOM, with what stays the same over 14, 15 and 16 (`frappe-hr.md` §11.2–11.5). */
export const SELECTORS = {
  /** The element all pages are drawn in. */
  canvas: "#body",
  /** Right half of a page's head. Buttons go before the standard ones. */
  pageActions: ".page-actions",
  standardActions: ".standard-actions",
  /** Reload button of a list, the only one in its group (`frappe-hr.md` §11.4). */
  reload: ".page-icon-group button",
} as const;

/** Container of a page; every visited page is kept in the document, the hidden ones without display. */
export function containerSelector(route: string): string {
  return `.page-container[data-page-route="${CSS.escape(route)}"]`;
}
