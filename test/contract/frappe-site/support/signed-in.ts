import { SiteClient } from "./site-client.ts";

/** A browser-like client with the cookie of a new session; it has no CSRF token until it loads a Desk page. */
export async function logIn(origin: string, user: string, password: string): Promise<SiteClient> {
  const reply = await new SiteClient(origin).call("POST", "/api/method/login", { form: { usr: user, pwd: password } });
  if (reply.status !== 200) throw new Error(`sign-in answered ${String(reply.status)}`);
  return new SiteClient(origin, { Cookie: `sid=${reply.cookies["sid"] ?? ""}` });
}

/** Loads a Desk page and reads the CSRF token out of its inline script. */
export async function readCsrfToken(client: SiteClient, deskPath: string): Promise<string> {
  const page = await client.get(deskPath);
  const token = /frappe\.csrf_token\s*=\s*"([^"]+)"/.exec(page.text)?.[1];
  if (token === undefined) throw new Error(`no CSRF token in ${deskPath}`);
  return token;
}
