import type { Filter } from "../api.ts";
import { doctypeByName } from "../desk-state.ts";

/** The filters of the address: `field=value` or `field=["op",value]`, keys repeated (`frappe-hr.md` §11.4). */
export function filtersOfAddress(doctype: string): Filter[] {
  const known = new Set(["name", ...(doctypeByName(doctype)?.fields.map((one) => one.name) ?? [])]);
  return [...new URLSearchParams(location.search)]
    .filter(([field]) => known.has(field))
    .map(([field, raw]): Filter => {
      const value = parse(raw);
      if (Array.isArray(value)) return [field, String(value[0]), value[1]];
      return [field, "=", typeof value === "string" ? value : raw];
    });
}

/** Values may come JSON-quoted after a route change of v16. */
function parse(raw: string): unknown {
  if (!/^(\[|")/.test(raw)) return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

/** Copies the filters to the address by replaceState. */
export function showInAddress(filters: readonly Filter[]): void {
  const search = new URLSearchParams();
  for (const [field, operator, value] of filters)
    search.append(field, operator === "=" ? String(value) : JSON.stringify([operator, value]));
  const query = search.toString();
  const address = location.pathname + (query === "" ? "" : `?${query}`);
  if (address !== location.pathname + location.search) history.replaceState(null, "", address);
}

/** What a list opens with when the address names no filter. */
export function defaultFilters(doctype: string): Filter[] {
  return doctype === "Employee" ? [["status", "=", "Active"]] : [];
}
