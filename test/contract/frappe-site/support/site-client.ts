/** What a site answered, with the parts tests look at taken out. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or an empty object when it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** `exc_type`, or an empty text. */
  readonly excType: string;
  /** Texts of `_server_messages`, HTML included. */
  readonly messages: readonly string[];
  /** Name → value of every `Set-Cookie` line, the last one winning; deleted ones are an empty text. */
  readonly cookies: Readonly<Record<string, string>>;
  readonly cookieLines: readonly string[];
}

export interface Call {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls one site with the same headers each time; nothing is remembered between calls. */
export class SiteClient {
  readonly origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.origin = origin;
    this.#headers = headers;
  }

  static withToken(origin: string, key: string, secret: string): SiteClient {
    return new SiteClient(origin, { Authorization: `token ${key}:${secret}` });
  }

  with(headers: Readonly<Record<string, string>>): SiteClient {
    return new SiteClient(this.origin, { ...this.#headers, ...headers });
  }

  get(path: string, query: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
    return this.call("GET", path, { query });
  }

  post(path: string, json?: unknown): Promise<Reply> {
    return this.call("POST", path, json === undefined ? {} : { json });
  }

  put(path: string, json: unknown): Promise<Reply> {
    return this.call("PUT", path, { json });
  }

  delete(path: string): Promise<Reply> {
    return this.call("DELETE", path);
  }

  async call(method: string, path: string, call: Call = {}): Promise<Reply> {
    const reply = await fetch(this.origin + path + queryText(call.query), {
      method,
      redirect: "manual",
      headers: {
        Accept: "application/json",
        ...(call.json === undefined ? {} : { "Content-Type": "application/json" }),
        ...this.#headers,
        ...call.headers,
      },
      body: bodyOf(call),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    return readReply(reply);
  }
}

function bodyOf(call: Call): string | URLSearchParams | FormData | null {
  if (call.json !== undefined) return JSON.stringify(call.json);
  if (call.form !== undefined) return new URLSearchParams(call.form);
  return call.multipart ?? null;
}

function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    search.append(name, typeof value === "string" ? value : JSON.stringify(value));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

async function readReply(reply: Response): Promise<Reply> {
  const text = await reply.text();
  const contentType = reply.headers.get("content-type") ?? "";
  const body = contentType.startsWith("application/json") ? (JSON.parse(text) as Record<string, unknown>) : {};
  const cookieLines = reply.headers.getSetCookie();
  return {
    status: reply.status,
    contentType,
    location: reply.headers.get("location"),
    headers: reply.headers,
    text,
    body,
    excType: typeof body["exc_type"] === "string" ? body["exc_type"] : "",
    messages: messagesIn(body["_server_messages"]),
    cookies: Object.fromEntries(cookieLines.map(cookiePair)),
    cookieLines,
  };
}

function messagesIn(raw: unknown): string[] {
  if (typeof raw !== "string") return [];
  return (JSON.parse(raw) as string[]).map((entry) => (JSON.parse(entry) as { message: string }).message);
}

function cookiePair(line: string): [string, string] {
  const pair = line.split(";")[0] ?? "";
  const equals = pair.indexOf("=");
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}
