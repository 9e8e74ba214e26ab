import { randomBytes } from "node:crypto";

type Values = Readonly<Record<string, unknown>>;

/** The live site through its own REST API, as the user who was named on the command line. */
export class FrappeAdmin {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async signIn(url: string, user: string, password: string): Promise<FrappeAdmin> {
    const reply = await fetch(`${url}/api/method/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ usr: user, pwd: password }),
    });
    const sid = reply.headers
      .getSetCookie()
      .map((cookie) => /^sid=([^;]+)/.exec(cookie)?.[1])
      .find((value) => value !== undefined && value !== "Guest");
    if (!reply.ok || sid === undefined) throw new Error(`${user} cannot sign in at ${url} (HTTP ${reply.status})`);
    return new FrappeAdmin(url, `sid=${sid}`);
  }

  async list(doctype: string, fields: readonly string[], filters: unknown): Promise<Record<string, unknown>[]> {
    const query = new URLSearchParams({
      fields: JSON.stringify(fields),
      filters: JSON.stringify(filters),
      limit_page_length: "0",
      order_by: "name asc",
    });
    const { data } = (await this.#call("GET", `/api/resource/${encodeURIComponent(doctype)}?${query.toString()}`)) as {
      data: Record<string, unknown>[];
    };
    return data;
  }

  async create(doctype: string, values: Values): Promise<string> {
    const { data } = (await this.#call("POST", `/api/resource/${encodeURIComponent(doctype)}`, values)) as {
      data: { name: string };
    };
    return data.name;
  }

  async delete(doctype: string, name: string): Promise<void> {
    await this.#call("DELETE", `/api/resource/${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`);
  }

  /** A user of its own, because new keys would make those of a real user invalid. Needs System Manager. */
  async createApiUser(): Promise<{ name: string; password: string; apiKey: string; apiSecret: string }> {
    const tag = randomBytes(4).toString("hex");
    const name = `tandem-live-${tag}@example.com`;
    const password = `Tandem-${randomBytes(9).toString("base64url")}-7`;
    await this.create("User", {
      email: name,
      first_name: "Tandem live test",
      send_welcome_email: 0,
      new_password: password,
      roles: [{ role: "HR Manager" }, { role: "HR User" }],
    });
    const { message } = (await this.#call("POST", "/api/method/frappe.core.doctype.user.user.generate_keys", {
      user: name,
    })) as { message: { api_secret: string } };
    const [row] = await this.list("User", ["api_key"], [["name", "=", name]]);
    return { name, password, apiKey: String(row?.["api_key"]), apiSecret: message.api_secret };
  }

  async #call(method: string, path: string, body?: Values): Promise<unknown> {
    const reply = await fetch(`${this.#url}${path}`, {
      method,
      headers: { Cookie: this.#cookie, Accept: "application/json", "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }
}
