/** Paths of a Frappe Desk: `/app` in 14 and 15, `/desk` in 16 (`frappe-hr.md` §11.1). */
const DESK_PATHS = ["/app", "/app?*", "/app/*", "/desk", "/desk?*", "/desk/*"];

/** The host permission of a site. Without a port: Firefox ignores patterns that have one. */
export function permissionOf(origin: string): string {
  return `${hostOf(origin)}/*`;
}

/** Where the content script of a site is registered. */
export function matchesOf(origin: string): string[] {
  return DESK_PATHS.map((path) => `${hostOf(origin)}${path}`);
}

function hostOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}`;
}
