import { fingerprintWords } from "@tandem/contracts/fingerprint.ts";
import { ROUTES } from "@tandem/contracts/http.ts";
import {
  HEADERS,
  PAIRING,
  PairConfirmReply,
  PairStartReply,
  pairingTranscript,
  PROTOCOL_VERSION,
  replyText,
  requestText,
  sealText,
  SESSION_KEY_INFO,
  sessionAnswerText,
  sessionOfferText,
  SessionReply,
} from "@tandem/contracts/protocol.ts";

import { ask, type HttpAnswer } from "./http.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const { subtle } = globalThis.crypto;
const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const base64 = (bytes: ArrayBuffer | Bytes): string => Buffer.from(new Uint8Array(bytes)).toString("base64");
const fromBase64 = (text: string): Bytes => Uint8Array.from(Buffer.from(text, "base64"));
const random = (length: number): Bytes => globalThis.crypto.getRandomValues(new Uint8Array(length));
const sha256 = async (data: Bytes): Promise<Bytes> => new Uint8Array(await subtle.digest("SHA-256", data));
const hex = (bytes: Bytes): string => Buffer.from(bytes).toString("hex");

export interface Keys {
  readonly sign: CryptoKey;
  readonly seal: CryptoKey;
}

export interface OpenSession {
  readonly id: string;
  readonly keys: Keys;
  sequence: number;
}

export interface SignedAnswer extends HttpAnswer {
  /** Whether the reply carries the session's HMAC over status, sequence and body. */
  readonly proven: boolean;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it stands, instead of `body` as JSON. */
  readonly raw?: string;
  readonly sealed?: boolean;
  readonly sequence?: number;
  /** Added to the headers, or instead of those of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A paired browser in the protocol's own words (`contracts/README.md`), on WebCrypto alone: what every implementation of the
 * extension's side has to do. Sends the headers of a Chromium worker with host permission.
 */
export class PairedClient {
  readonly #port: number;
  readonly #origin: string;
  #keys: CryptoKeyPair | null = null;
  #publicKey = "";
  #clientId = "";
  #connectorKey = "";
  #fingerprint = "";
  #session: OpenSession | null = null;

  constructor(port: number, origin: string) {
    this.#port = port;
    this.#origin = origin;
  }

  get origin(): string {
    return this.#origin;
  }

  get clientId(): string {
    return this.#clientId;
  }

  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** The session in use; opens none by itself. */
  get session(): OpenSession {
    if (this.#session === null) throw new Error("no session is open");
    return this.#session;
  }

  /** This client's pairing and keys behind another origin or port. */
  as(origin: string, port = this.#port): PairedClient {
    const other = new PairedClient(port, origin);
    other.#keys = this.#keys;
    other.#publicKey = this.#publicKey;
    other.#clientId = this.#clientId;
    other.#connectorKey = this.#connectorKey;
    other.#session = this.#session;
    return other;
  }

  headers(method: string): Record<string, string> {
    const writes = method !== "GET" && method !== "HEAD";
    return {
      Host: `127.0.0.1:${this.#port}`,
      "Sec-Fetch-Site": "none",
      "Sec-Fetch-Mode": "cors",
      "Sec-Fetch-Dest": "empty",
      ...(writes ? { Origin: this.#origin } : {}),
      ...(writes && method !== "DELETE" ? { "Content-Type": "application/json" } : {}),
    };
  }

  post(path: string, body: unknown): Promise<HttpAnswer> {
    return ask(this.#port, { method: "POST", path, headers: this.headers("POST"), body: JSON.stringify(body) });
  }

  /** A new identity; resolves with its public half. */
  async createIdentity(): Promise<string> {
    const pair = await subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    if (!("privateKey" in pair)) throw new TypeError("no key pair");
    this.#keys = pair;
    this.#publicKey = base64(await subtle.exportKey("raw", pair.publicKey));
    return this.#publicKey;
  }

  /** What a completed pairing leaves on this side. */
  adopt(clientId: string, connectorKey: string): void {
    this.#clientId = clientId;
    this.#connectorKey = connectorKey;
  }

  /** First half of pairing; the answer decides whether there is a second. */
  async startPairing(label = "Test browser", protocol: number = PROTOCOL_VERSION): Promise<StartedPairing> {
    await this.createIdentity();
    const clientNonce = base64(random(32));
    const request = { protocol, clientPublicKey: this.#publicKey, clientNonce, label };
    return { clientNonce, answer: await this.post(ROUTES["pair.start"].path, request) };
  }

  /** Second half: proves the code and checks the connector's proof before anything is kept. */
  async confirmPairing({ clientNonce, answer }: StartedPairing, code: string): Promise<HttpAnswer> {
    const start = PairStartReply.parse(answer.json);
    const transcript = pairingTranscript({
      clientPublicKey: this.#publicKey,
      connectorPublicKey: start.connectorPublicKey,
      clientNonce,
      connectorNonce: start.connectorNonce,
      origin: this.#origin,
      port: this.#port,
    });
    const hash = await sha256(bytesOf(transcript));
    const key = await pairingKey(code, start.salt);
    const mac = base64(await subtle.sign("HMAC", key, Buffer.concat([bytesOf("client"), hash])));
    const confirmed = await this.post(ROUTES["pair.confirm"].path, { mac });
    if (confirmed.status !== 200) return confirmed;
    const reply = PairConfirmReply.parse(confirmed.json);
    const proof = Buffer.concat([bytesOf("connector"), hash]);
    if (!(await subtle.verify("HMAC", key, fromBase64(reply.mac), proof)))
      throw new Error("the connector is a stranger");
    this.adopt(reply.clientId, start.connectorPublicKey);
    this.#fingerprint = fingerprintWords(hash);
    return confirmed;
  }

  async pair(code: string, label?: string): Promise<HttpAnswer> {
    const started = await this.startPairing(label);
    return started.answer.status === 200 ? this.confirmPairing(started, code) : started.answer;
  }

  /** The body of a session offer, signed; fields may be replaced before or after signing. */
  async offer(issuedAt: string, before: object = {}): Promise<SignedOffer> {
    const ephemeral = await subtle.generateKey("X25519", false, ["deriveBits"]);
    if (!("privateKey" in ephemeral)) throw new TypeError("no key pair");
    const facts = {
      clientId: this.#clientId,
      ephemeral: base64(await subtle.exportKey("raw", ephemeral.publicKey)),
      nonce: base64(random(32)),
      issuedAt,
      port: this.#port,
      ...before,
    };
    const signature = base64(await subtle.sign("Ed25519", this.#pair().privateKey, bytesOf(sessionOfferText(facts))));
    const { clientId, ephemeral: half, nonce, issuedAt: at } = facts;
    const body = { protocol: PROTOCOL_VERSION, clientId, ephemeral: half, nonce, issuedAt: at, signature };
    return { facts, privateKey: ephemeral.privateKey, body };
  }

  /** Opens a session, believing the connector's signature only. The answer is returned whatever it is. */
  async open(issuedAt: string): Promise<HttpAnswer> {
    const { facts, privateKey, body } = await this.offer(issuedAt);
    const answer = await this.post(ROUTES["session.open"].path, body);
    if (answer.status !== 200) return answer;
    const { signature, ...answered } = SessionReply.parse(answer.json);
    const text = bytesOf(sessionAnswerText(facts, answered));
    const identity = await subtle.importKey("raw", fromBase64(this.#connectorKey), "Ed25519", false, ["verify"]);
    if (!(await subtle.verify("Ed25519", identity, fromBase64(signature), text))) {
      throw new Error("the connector is a stranger");
    }
    this.#session = {
      id: answered.sessionId,
      keys: await sessionKeys(privateKey, answered.ephemeral, await sha256(text)),
      sequence: 0,
    };
    return answer;
  }

  /** One signed request, its body sealed where asked, and whether the reply was signed. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<SignedAnswer> {
    const { keys } = this.session;
    const sequence = options.sequence ?? (this.session.sequence += 1);
    const plain = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const isSealed = plain !== undefined && options.sealed === true;
    const body = isSealed ? await this.seal(method, path, sequence, plain) : plain;
    const signed = await this.sign(method, path, body ?? "", sequence);
    const headers = { ...signed, ...options.headers };
    const answer = await ask(this.#port, { method, path, headers, ...(body === undefined ? {} : { body }) });
    return { ...answer, proven: await isProven(keys, sequence, answer) };
  }

  /** The headers of one signed request. */
  async sign(method: string, path: string, body: string, sequence: number): Promise<Record<string, string>> {
    const { keys, id } = this.session;
    const text = requestText(method, path, sequence, hex(await sha256(bytesOf(body))));
    return {
      ...this.headers(method),
      Authorization: `Session ${id}`,
      [HEADERS.sequence]: String(sequence),
      [HEADERS.signature]: base64(await subtle.sign("HMAC", keys.sign, bytesOf(text))),
    };
  }

  /** A body that only the session's two ends can read, for one request. */
  async seal(method: string, path: string, sequence: number, plain: string): Promise<string> {
    const iv = random(12);
    const additionalData = bytesOf(sealText(method, path, sequence));
    const name = "AES-GCM";
    const sealed = await subtle.encrypt({ name, iv, additionalData }, this.session.keys.seal, bytesOf(plain));
    return JSON.stringify({ iv: base64(iv), sealed: base64(sealed) });
  }

  #pair(): CryptoKeyPair {
    if (this.#keys === null) throw new Error("this client is not paired");
    return this.#keys;
  }
}

export interface StartedPairing {
  readonly clientNonce: string;
  readonly answer: HttpAnswer;
}

export interface SignedOffer {
  readonly facts: Parameters<typeof sessionOfferText>[0];
  readonly privateKey: CryptoKey;
  readonly body: Record<string, unknown>;
}

async function pairingKey(code: string, salt: string): Promise<CryptoKey> {
  const material = await subtle.importKey("raw", bytesOf(code), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(salt), iterations: PAIRING.pbkdf2Iterations };
  return hmacKey(await subtle.deriveBits(parameters, material, 256));
}

async function sessionKeys(privateKey: CryptoKey, connectorEphemeral: string, salt: Bytes): Promise<Keys> {
  const peer = await subtle.importKey("raw", fromBase64(connectorEphemeral), "X25519", false, []);
  const shared = await subtle.deriveBits({ name: "X25519", public: peer }, privateKey, 256);
  const material = await subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info: bytesOf(SESSION_KEY_INFO) };
  const bits = new Uint8Array(await subtle.deriveBits(parameters, material, 512));
  const seal = await subtle.importKey("raw", bits.slice(32), "AES-GCM", false, ["encrypt"]);
  return { sign: await hmacKey(bits.slice(0, 32)), seal };
}

function hmacKey(raw: ArrayBuffer | Bytes): Promise<CryptoKey> {
  return subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

async function isProven({ sign }: Keys, sequence: number, answer: HttpAnswer): Promise<boolean> {
  const given = answer.headers[HEADERS.signature.toLowerCase()];
  if (typeof given !== "string") return false;
  const text = replyText(answer.status, sequence, hex(await sha256(bytesOf(answer.text))));
  return subtle.verify("HMAC", sign, fromBase64(given), bytesOf(text));
}
