import type { OutgoingHttpHeaders } from "node:http";

/** What goes back to the client, before sign-in's cookies are put on it. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer;
  /** `Set-Cookie` lines; `null` = the ones that belong to the caller. */
  readonly cookies: readonly string[] | null;
}

export function answer(
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: OutgoingHttpHeaders = {},
): Answer {
  return { status, headers: { "Content-Type": contentType, ...headers }, body, cookies: null };
}

export function htmlAnswer(status: number, body: string, headers: OutgoingHttpHeaders = {}): Answer {
  return answer(status, "text/html; charset=utf-8", body, headers);
}

/** All redirects of the original are 301 and forbid storing (`frappe-hr.md` §14.1). */
export function redirect(location: string): Answer {
  return htmlAnswer(301, "", { Location: location, "Cache-Control": "no-store, no-cache, must-revalidate" });
}
