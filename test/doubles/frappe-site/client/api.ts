import { host } from "./desk-state.ts";

export type Row = Readonly<Record<string, string | number | null>>;

/** One filter: field, operator, value. */
export type Filter = readonly [field: string, operator: string, value: unknown];

/** A call to the site with the page's own session: cookie and CSRF token. */
async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const reply = await fetch(path, {
    method,
    headers: {
      Accept: "application/json",
      "X-Frappe-CSRF-Token": host.csrf_token,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const parsed = (await reply.json()) as Record<string, unknown>;
  if (!reply.ok) throw new SiteError(reply.status, parsed);
  return parsed;
}

/** An answer that is an error, with the messages it wants shown. */
export class SiteError extends Error {
  readonly status: number;
  readonly shown: readonly string[];

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body["exc_type"] === "string" ? body["exc_type"] : `HTTP ${String(status)}`);
    this.status = status;
    const raw = body["_server_messages"];
    const entries = typeof raw === "string" ? (JSON.parse(raw) as string[]) : [];
    this.shown = entries.map((entry) => (JSON.parse(entry) as { message: string }).message);
  }
}

export async function getList(
  doctype: string,
  query: { fields: readonly string[]; filters: readonly Filter[]; orderBy: string; start: number; length: number },
): Promise<Row[]> {
  const search = new URLSearchParams({
    fields: JSON.stringify(query.fields),
    filters: JSON.stringify(query.filters),
    order_by: query.orderBy,
    limit_start: String(query.start),
    limit_page_length: String(query.length),
  });
  const { data } = await call("GET", `/api/resource/${encodeURIComponent(doctype)}?${search.toString()}`);
  return data as Row[];
}

export async function getCount(doctype: string, filters: readonly Filter[]): Promise<number> {
  const search = new URLSearchParams({ doctype, filters: JSON.stringify(filters) });
  const { message } = await call("GET", `/api/method/frappe.client.get_count?${search.toString()}`);
  return Number(message);
}

export async function getDoc(doctype: string, name: string): Promise<Row> {
  const { data } = await call("GET", `/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`);
  return data as Row;
}

export async function saveDoc(doctype: string, name: string, values: Row): Promise<Row> {
  const { data } = await call(
    "PUT",
    `/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`,
    values,
  );
  return data as Row;
}

export async function deleteDoc(doctype: string, name: string): Promise<void> {
  await call("DELETE", `/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`);
}

export async function runDocMethod(doctype: string, name: string, method: string): Promise<void> {
  const path = `/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`;
  await call("POST", `${path}?run_method=${encodeURIComponent(method)}`);
}

export async function switchTheme(theme: string): Promise<void> {
  await call("POST", "/api/method/frappe.core.doctype.user.user.switch_theme", { theme });
}

export async function switchLanguage(language: string): Promise<void> {
  await call("PUT", `/api/resource/User/${encodeURIComponent(host.boot.user.name)}`, { language });
}

/** How many writes a DocType has seen; stands for the socket's `list_update`. */
export async function countChanges(doctype: string): Promise<number> {
  const { changes } = await call("GET", `/__stand-in/changes?doctype=${encodeURIComponent(doctype)}`);
  return Number(changes);
}
