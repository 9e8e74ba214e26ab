import type { PageId } from "../page-adapter.ts";

const LISTS: Readonly<Record<PageId, { readonly doctype: string; readonly slug: string }>> = {
  "employee-list": { doctype: "Employee", slug: "employee" },
  "checkin-list": { doctype: "Employee Checkin", slug: "employee-checkin" },
};

const PAGES = Object.keys(LISTS) as readonly PageId[];

export function doctypeOf(page: PageId): string {
  return LISTS[page].doctype;
}

/** Path segment of a page: `/app/employee` in 14 and 15, `/desk/employee` in 16 (`frappe-hr.md` §11.1). */
export function slugOf(page: PageId): string {
  return LISTS[page].slug;
}

/** The page that a `body[data-route]` such as `List/Employee/List` stands for. */
export function pageOf(route: string | null): PageId | null {
  if (route === null) return null;
  return PAGES.find((page) => route === `List/${LISTS[page].doctype}/List`) ?? null;
}
