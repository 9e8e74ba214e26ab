import { TandemError } from "@tandem/contracts/errors.ts";
import { type RouteId, type RouteInput, type RouteReply, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";
import { HEADERS, replyText, requestText, sealText } from "@tandem/contracts/protocol.ts";

import { type Bytes, randomBytes, toBase64, toHex, utf8 } from "./bytes.ts";
import { type ConnectorHttp, errorOf, jsonOf, type WireReply } from "./http.ts";
import { encrypt, hmac, hmacMatches, sha256 } from "./keys.ts";
import type { Session } from "./session.ts";

/** A reply that nobody signed: it may come from another program on the port, so nothing in it is believed. */
export class UnsignedReply extends Error {
  override readonly name = "UnsignedReply";
  readonly claim: TandemError;

  constructor(claim: TandemError) {
    super(claim.code, { cause: claim });
    this.claim = claim;
  }
}

/**
 * One signed request and its verified reply. Throws TandemError with the connector's own code, or UnsignedReply when the
 * reply does not carry the session's HMAC over status, sequence and body.
 */
export async function exchange<Id extends RouteId>(
  http: ConnectorHttp,
  session: Session,
  now: () => number,
  id: Id,
  input: Partial<RouteInput<Id>>,
): Promise<RouteReply<Id>> {
  const route: RouteSpec = ROUTES[id];
  const target = targetOf(route, input);
  const sequence = session.nextSequence(now());
  const body = await bodyOf(route, target, session, sequence, input.body);
  const text = requestText(route.method, target, sequence, await hashOf(body));
  const reply = await http.send(session.port, {
    method: route.method,
    target,
    headers: {
      Authorization: `Session ${session.id}`,
      [HEADERS.sequence]: String(sequence),
      [HEADERS.signature]: await hmac(session.keys.sign, utf8(text)),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!(await isProven(session, sequence, reply))) throw new UnsignedReply(errorOf(reply));
  if (reply.status >= 400) throw errorOf(reply);
  return parseReply(route, id, reply);
}

function parseReply<Id extends RouteId>(route: RouteSpec, id: Id, reply: WireReply): RouteReply<Id> {
  // A route without a reply schema answers with an empty body, and its reply type is undefined.
  if (route.reply === null) return undefined as RouteReply<Id>;
  const parsed = route.reply.safeParse(jsonOf(reply.body));
  // Proven, but of another shape: the two halves are of different versions.
  if (!parsed.success) throw new TandemError("pairing.protocol", { route: id }, { cause: parsed.error });
  return parsed.data as RouteReply<Id>;
}

async function isProven(session: Session, sequence: number, reply: WireReply): Promise<boolean> {
  if (reply.signature === null || !/^[A-Za-z0-9+/]{43}=$/.test(reply.signature)) return false;
  const text = replyText(reply.status, sequence, await hashOf(reply.body));
  return hmacMatches(session.keys.sign, reply.signature, utf8(text));
}

async function bodyOf(
  route: RouteSpec,
  target: string,
  session: Session,
  sequence: number,
  body: unknown,
): Promise<Bytes | undefined> {
  if (route.request === undefined) return undefined;
  const plain = utf8(JSON.stringify(body));
  if (route.sealed !== true) return plain;
  const iv = randomBytes(12);
  const sealed = await encrypt(session.keys.seal, iv, utf8(sealText(route.method, target, sequence)), plain);
  return utf8(JSON.stringify({ iv: toBase64(iv), sealed: toBase64(sealed) }));
}

async function hashOf(body: Bytes | undefined): Promise<string> {
  return toHex(await sha256(body ?? new Uint8Array(0)));
}

function targetOf(route: RouteSpec, input: { params?: unknown; query?: unknown }): string {
  const params = fieldsOf(input.params);
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => segment(name, params[name]));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fieldsOf(input.query))) {
    if (value !== undefined) query.set(name, textOf(value));
  }
  const search = query.toString();
  return search === "" ? path : `${path}?${search}`;
}

function segment(name: string, value: unknown): string {
  const text = encodeURIComponent(textOf(value));
  // "." and ".." survive encoding, and a URL parser then walks up the path: another route than the one signed.
  if (/^\.{1,2}$/.test(text)) throw new TandemError("request.invalid", { field: name, problem: text });
  return text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
