import { once } from "node:events";
import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";

export interface HttpQuestion {
  readonly method?: string;
  readonly path: string;
  /** Exactly these, and nothing that a client would add by itself except the length of the body. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Without one, the request gets a connection of its own. */
  readonly agent?: Agent;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, null where it is none. */
  readonly json: unknown;
  /** This side of the connection. */
  readonly localPort: number | undefined;
}

/** One request, with headers that `fetch` would not let a caller choose. */
export async function ask(port: number, question: HttpQuestion): Promise<HttpAnswer> {
  const { method = "GET", path, headers = {}, body, agent = false } = question;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const outgoing = request({
    host: "127.0.0.1",
    port,
    path,
    method,
    agent,
    setHost: false,
    headers: { ...length, ...headers },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const { headers: received, statusCode: status = 0 } = response;
  const { localPort } = response.socket;
  const text = await textOf(response);
  return { status, headers: received, text, json: jsonOrNull(text), localPort };
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
