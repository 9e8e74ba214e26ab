import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type ErrorCode, type ErrorDetails, TandemError } from "@tandem/contracts/errors.ts";
import { fingerprintWords } from "@tandem/contracts/fingerprint.ts";
import { type RouteId, ROUTES, type RouteSpec } from "@tandem/contracts/http.ts";
import {
  HEADERS,
  PairConfirmRequest,
  pairingTranscript,
  PairStartRequest,
  PROTOCOL_VERSION,
  PAIRING,
  replyText,
  requestText,
  SealedBody,
  sealText,
  sessionAnswerText,
  sessionOfferText,
  SessionRequest,
} from "@tandem/contracts/protocol.ts";

import {
  hmac,
  pairingMac,
  rawPair,
  type SessionSecrets,
  sessionSecrets,
  sha256,
  signText,
  unseal,
  verifyText,
} from "./proof.ts";

/** What a handler sees of a verified request. */
export interface FakeRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type FakeHandler = (request: FakeRequest) => unknown;

/** Ways to be dishonest or broken, switchable at any time. */
export interface FakeFaults {
  /** Answers the handshake with a signature of another key, as a squatter on the port would. */
  strangerSigns?: boolean;
  /** Answers the pairing proof with a wrong MAC. */
  wrongPairingMac?: boolean;
  /** Asks for fewer PBKDF2 rounds than the protocol. */
  fewIterations?: boolean;
  /** Signs replies with another key, or not at all. */
  replySignature?: "wrong" | "missing";
  /** Closes the connection instead of answering this many signed requests. */
  hangUps?: number;
  /** Refuses every handshake with this code. */
  refuseSession?: ErrorCode;
}

interface FakeSession {
  readonly secrets: SessionSecrets;
  readonly seen: Set<number>;
}

interface OpenPairing {
  readonly code: string;
  attemptsLeft: number;
  started?: { readonly transcript: string; readonly salt: string; readonly clientPublicKey: string };
}

const nonce = (): string => rawPair("ed25519").publicKey;

/**
 * The connector as the extension meets it: pairing, sessions, signed and sealed requests, exactly as `protocol.ts` says, and
 * answers under the test's control. It checks everything a real connector checks about a signed request.
 */
export class FakeConnector {
  readonly faults: FakeFaults = {};
  /** Verified requests in order, as `METHOD /path?query`. */
  readonly calls: string[] = [];
  /** Every path asked for, verified or not. */
  readonly visits: string[] = [];
  readonly handlers = new Map<RouteId, FakeHandler>();
  #identity = rawPair("ed25519");
  #clients = new Map<string, string>();
  #sessions = new Map<string, FakeSession>();
  #pairing: OpenPairing | null = null;
  #fingerprint: string | null = null;
  #server: Server | null = null;
  #port = 0;
  #sessionsOpened = 0;

  get port(): number {
    return this.#port;
  }

  /** Words of the last completed pairing. */
  get fingerprint(): string | null {
    return this.#fingerprint;
  }

  get sessionsOpened(): number {
    return this.#sessionsOpened;
  }

  async start(port = 0): Promise<this> {
    const server = createServer((request, reply) => void this.#serve(request, reply));
    server.listen({ host: "127.0.0.1", port, exclusive: true });
    await once(server, "listening");
    // A server that listens on a TCP port has an AddressInfo.
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }

  /** As after a kill: same identity and clients, no sessions. */
  async restart(): Promise<void> {
    await this.stop();
    this.#sessions.clear();
    await this.start(this.#port);
  }

  /** What a completed pairing leaves on this side, without the costly derivation. */
  enrol(clientPublicKey: string): { clientId: string; connectorPublicKey: string } {
    const clientId = `client-${this.#clients.size + 1}`;
    this.#clients.set(clientId, clientPublicKey);
    return { clientId, connectorPublicKey: this.#identity.publicKey };
  }

  openPairing(code: string): void {
    this.#pairing = { code, attemptsLeft: PAIRING.attemptsPerCode };
  }

  endSessions(): void {
    this.#sessions.clear();
  }

  answer(id: RouteId, handler: FakeHandler): this {
    this.handlers.set(id, handler);
    return this;
  }

  async #serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const target = request.url ?? "";
    this.visits.push(`${request.method ?? ""} ${target}`);
    if (request.method === "OPTIONS") {
      send(reply, 403, problemOf(new TandemError("request.origin")));
      return;
    }
    try {
      if (target === ROUTES["pair.start"].path) {
        send(reply, 200, this.#pairStart(request, json(body)));
        return;
      }
      if (target === ROUTES["pair.confirm"].path) {
        send(reply, 200, this.#pairConfirm(json(body)));
        return;
      }
      if (target === ROUTES["session.open"].path) {
        send(reply, 200, this.#openSession(json(body)));
        return;
      }
    } catch (error) {
      send(reply, statusOf(error), problemOf(error));
      return;
    }
    return this.#signed(request, target, body, reply);
  }

  #pairStart(request: IncomingMessage, body: unknown): unknown {
    const pairing = this.#pairing;
    if (pairing === null) throw new TandemError("pairing.not-open");
    const ask = PairStartRequest.parse(body);
    const facts = {
      clientPublicKey: ask.clientPublicKey,
      connectorPublicKey: this.#identity.publicKey,
      clientNonce: ask.clientNonce,
      connectorNonce: nonce(),
    };
    const salt = nonce();
    const origin = request.headers.origin;
    if (origin === undefined) throw new TandemError("request.origin-missing");
    const transcript = pairingTranscript({ ...facts, origin, port: this.#port });
    pairing.started = { transcript, salt, clientPublicKey: ask.clientPublicKey };
    return {
      protocol: PROTOCOL_VERSION,
      connectorPublicKey: facts.connectorPublicKey,
      connectorNonce: facts.connectorNonce,
      salt,
      iterations: this.faults.fewIterations === true ? 1 : PAIRING.pbkdf2Iterations,
    };
  }

  #pairConfirm(body: unknown): unknown {
    const pairing = this.#pairing;
    if (pairing?.started === undefined) throw new TandemError("pairing.not-open");
    const { transcript, salt, clientPublicKey } = pairing.started;
    pairing.attemptsLeft -= 1;
    if (PairConfirmRequest.parse(body).mac !== pairingMac(pairing.code, salt, "client", transcript)) {
      if (pairing.attemptsLeft === 0) this.#pairing = null;
      throw new TandemError("pairing.wrong-code", { left: pairing.attemptsLeft });
    }
    this.#pairing = null;
    const { clientId } = this.enrol(clientPublicKey);
    this.#fingerprint = fingerprintWords(sha256(transcript));
    const code = this.faults.wrongPairingMac === true ? "0000000000" : pairing.code;
    return { clientId, mac: pairingMac(code, salt, "connector", transcript) };
  }

  #openSession(body: unknown): unknown {
    if (this.faults.refuseSession !== undefined) throw new TandemError(this.faults.refuseSession);
    const { protocol, signature, ...offer } = SessionRequest.parse(body);
    if (protocol !== PROTOCOL_VERSION) throw new TandemError("pairing.protocol");
    const clientKey = this.#clients.get(offer.clientId);
    if (clientKey === undefined) throw new TandemError("pairing.client-unknown");
    const signed = { ...offer, port: this.#port };
    if (!verifyText(clientKey, signature, sessionOfferText(signed))) throw new TandemError("pairing.bad-signature");

    const ephemeral = rawPair("x25519");
    this.#sessionsOpened += 1;
    const answer = {
      sessionId: `session-${this.#sessionsOpened}`,
      ephemeral: ephemeral.publicKey,
      bootId: "boot",
      serverTime: "2026-11-24T01:00:00.000Z",
      expiresAt: "2026-11-24T09:00:00.000Z",
    };
    const text = sessionAnswerText(signed, answer);
    const secrets = sessionSecrets(ephemeral, offer.ephemeral, text);
    this.#sessions.set(answer.sessionId, { secrets, seen: new Set() });
    const signer = this.faults.strangerSigns === true ? rawPair("ed25519") : this.#identity;
    return { ...answer, signature: signText(signer.privateKey, text) };
  }

  async #signed(request: IncomingMessage, target: string, body: Buffer, reply: ServerResponse): Promise<void> {
    const session = this.#sessions.get(request.headers.authorization?.replace(/^Session /, "") ?? "");
    if (session === undefined) {
      send(reply, 401, problemOf(new TandemError("pairing.session-unknown")));
      return;
    }
    if ((this.faults.hangUps ?? 0) > 0) {
      this.faults.hangUps = (this.faults.hangUps ?? 0) - 1;
      request.socket.destroy();
      return;
    }
    const method = request.method ?? "";
    const sequence = Number(request.headers[HEADERS.sequence.toLowerCase()]);
    const given = request.headers[HEADERS.signature.toLowerCase()];
    if (given !== hmac(session.secrets.sign, requestText(method, target, sequence, sha256(body).toString("hex")))) {
      send(reply, 401, problemOf(new TandemError("pairing.bad-signature")));
      return;
    }
    if (session.seen.has(sequence)) {
      send(reply, 401, problemOf(new TandemError("pairing.replayed")));
      return;
    }
    session.seen.add(sequence);
    this.calls.push(`${method} ${target}`);
    const { status, payload } = await this.#handle(method, target, sequence, session, body);
    const text = payload === undefined ? "" : JSON.stringify(payload);
    const key = this.faults.replySignature === "wrong" ? Buffer.alloc(32) : session.secrets.sign;
    if (this.faults.replySignature !== "missing") {
      const hash = sha256(text).toString("hex");
      reply.setHeader(HEADERS.signature, hmac(key, replyText(status, sequence, hash)));
    }
    send(reply, status, payload);
  }

  async #handle(
    method: string,
    target: string,
    sequence: number,
    session: FakeSession,
    body: Buffer,
  ): Promise<{ status: number; payload: unknown }> {
    try {
      const url = new URL(target, "http://127.0.0.1");
      const [id, params] = routeOf(method, url.pathname);
      const spec: RouteSpec = ROUTES[id];
      const text = body.toString();
      const plain =
        spec.sealed === true
          ? unseal(session.secrets.seal, sealText(method, target, sequence), SealedBody.parse(json(body)))
          : text;
      const handler = this.handlers.get(id);
      if (handler === undefined) throw new TandemError("request.not-found");
      const query = Object.fromEntries(url.searchParams);
      const payload: unknown = await handler({ params, query, body: plain === "" ? undefined : JSON.parse(plain) });
      return { status: 200, payload };
    } catch (error) {
      return { status: statusOf(error), payload: problemOf(error) };
    }
  }
}

function routeOf(method: string, path: string): [RouteId, Record<string, string>] {
  for (const [id, spec] of Object.entries(ROUTES)) {
    const names = Array.from(spec.path.matchAll(/:(\w+)/g), (match) => match[1] ?? "");
    const found = new RegExp(`^${spec.path.replace(/:\w+/g, "([^/]+)")}$`).exec(path);
    if (spec.method === method && found !== null) {
      const values = names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? "")]);
      // `Object.entries` forgets that the keys of ROUTES are RouteIds.
      return [id as RouteId, Object.fromEntries(values) as Record<string, string>];
    }
  }
  throw new TandemError("request.not-found");
}

function statusOf(error: unknown): number {
  return error instanceof TandemError ? error.status : 400;
}

function problemOf(error: unknown): unknown {
  const code: ErrorCode = error instanceof TandemError ? error.code : "request.invalid";
  const details: ErrorDetails = error instanceof TandemError ? error.details : { problem: String(error) };
  return { type: `urn:tandem:${code}`, title: code, status: statusOf(error), code, details };
}

function send(reply: ServerResponse, status: number, payload: unknown): void {
  reply.statusCode = status;
  reply.setHeader("Content-Type", "application/json");
  reply.setHeader("Cache-Control", "no-store");
  reply.end(payload === undefined ? "" : JSON.stringify(payload));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Node types the chunks of a request as any; without an encoding they are Buffers.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(body: Buffer): unknown {
  return JSON.parse(body.toString());
}
