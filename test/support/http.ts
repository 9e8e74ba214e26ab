import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";

export interface HttpQuestion {
  readonly method?: string;
  readonly path: string;
  /** Exactly these, and nothing that a client would add by itself except the length of the body. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, null where it is none. */
  readonly json: unknown;
}

/** One request over a connection of its own, with headers that `fetch` would not let a caller choose. */
export async function ask(port: number, question: HttpQuestion): Promise<HttpAnswer> {
  const { method = "GET", path, headers = {}, body } = question;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const outgoing = request({
    host: "127.0.0.1",
    port,
    path,
    method,
    agent: false,
    setHost: false,
    headers: { ...length, ...headers },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const text = await textOf(response);
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOrNull(text) };
}

/** The code of a problem, or null where the answer is none. */
export function codeOf({ json }: Pick<HttpAnswer, "json">): string | null {
  return typeof json === "object" && json !== null && "code" in json && typeof json.code === "string"
    ? json.code
    : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
