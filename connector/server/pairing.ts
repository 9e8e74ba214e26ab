import { randomBytes, randomInt, randomUUID } from "node:crypto";

import type { z } from "zod";

import { ClientId } from "@tandem/contracts/domain/ids.ts";
import type { Instant } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";
import { fingerprintWords } from "@tandem/contracts/fingerprint.ts";
import { PAIRING_CODE } from "@tandem/contracts/pairing-code.ts";
import {
  PAIRING,
  type PairConfirmReply,
  type PairConfirmRequest,
  type PairStartReply,
  type PairStartRequest,
  pairingTranscript,
  PROTOCOL_VERSION,
} from "@tandem/contracts/protocol.ts";

import { type Clock, instantOf } from "../platform/clock.ts";

import type { Clients } from "./clients.ts";
import { isSameProof, pairingKey, pairingProof, sha256 } from "./keys.ts";
import type { Refusals } from "./refusals.ts";
import { SlidingLimit } from "./sliding-limit.ts";

interface Started {
  readonly request: z.infer<typeof PairStartRequest>;
  readonly salt: string;
  readonly transcriptHash: Buffer;
}

interface OpenCode {
  readonly code: string;
  readonly expiresAt: number;
  attemptsLeft: number;
  /** One per origin, so that a second extension cannot disturb the first. */
  readonly started: Map<string, Started>;
}

export interface PairingDeps {
  readonly clock: Clock;
  readonly clients: Clients;
  readonly refusals: Refusals;
  readonly connectorPublicKey: string;
  /** Port the API listens on; part of the proof. */
  readonly port: () => number;
}

/** Extensions that may have begun to pair with one code; more is somebody filling our memory. */
const MOST_STARTED = 16;

/**
 * Pairing (`browser-and-localhost.md` §9.3): the operator opens it on this PC, and both sides prove that they know the
 * code before either keeps anything. One code at a time, for one browser, for two minutes and five attempts.
 */
export class Pairing {
  readonly #deps: PairingDeps;
  readonly #codes: SlidingLimit;
  #open: OpenCode | null = null;
  #onPaired: (fingerprint: string, label: string) => void = () => {};

  constructor(deps: PairingDeps) {
    this.#deps = deps;
    this.#codes = new SlidingLimit(deps.clock, PAIRING.codesPerTenMinutes, 10 * 60_000);
  }

  /** Called with the four words once a browser has been paired, for the console. */
  whenPaired(listener: (fingerprint: string, label: string) => void): void {
    this.#onPaired = listener;
  }

  get isOpen(): boolean {
    return this.#open !== null && !this.#isExpired(this.#open);
  }

  /** A new code; an earlier one is void. Only the admin channel and the console call this. Errors: `pairing.too-many-attempts`. */
  open(): { code: string; expiresAt: Instant } {
    if (!this.#codes.take("codes")) throw new TandemError("pairing.too-many-attempts");
    const letters = Array.from({ length: PAIRING_CODE.length }, () =>
      PAIRING_CODE.alphabet.charAt(randomInt(PAIRING_CODE.alphabet.length)),
    );
    const expiresAt = this.#deps.clock.now() + PAIRING.lifetimeMs;
    const code = letters.join("");
    this.#open = { code, expiresAt, attemptsLeft: PAIRING.attemptsPerCode, started: new Map() };
    return { code, expiresAt: instantOf(expiresAt) };
  }

  /** Errors: `pairing.not-open`, `pairing.expired`, `pairing.too-many-attempts`, `pairing.protocol`. */
  start(request: z.infer<typeof PairStartRequest>, origin: string): z.infer<typeof PairStartReply> {
    const open = this.#current();
    if (request.protocol !== PROTOCOL_VERSION) {
      throw new TandemError("pairing.protocol", { protocol: request.protocol });
    }
    if (!open.started.has(origin) && open.started.size >= MOST_STARTED) {
      throw new TandemError("pairing.too-many-attempts");
    }
    const { connectorPublicKey, port } = this.#deps;
    const connectorNonce = randomBytes(32).toString("base64");
    const salt = randomBytes(32).toString("base64");
    const { clientPublicKey, clientNonce } = request;
    const facts = { clientPublicKey, connectorPublicKey, clientNonce, connectorNonce, origin, port: port() };
    open.started.set(origin, { request, salt, transcriptHash: sha256(pairingTranscript(facts)) });
    const iterations = PAIRING.pbkdf2Iterations;
    return { protocol: PROTOCOL_VERSION, connectorPublicKey, connectorNonce, salt, iterations };
  }

  /** Errors: `pairing.wrong-code`, `pairing.not-open`, `pairing.expired`, `pairing.too-many-attempts`. */
  async confirm(
    request: z.infer<typeof PairConfirmRequest>,
    origin: string,
  ): Promise<z.infer<typeof PairConfirmReply>> {
    const open = this.#current();
    const started = open.started.get(origin);
    // Begun with an earlier code, or confirmed before.
    if (started === undefined) throw new TandemError("pairing.expired");
    open.started.delete(origin);
    // Counted before the slow derivation: attempts made at the same time must not share one count.
    open.attemptsLeft -= 1;
    const left = open.attemptsLeft;
    const key = await pairingKey(open.code, started.salt);
    if (!isSameProof(pairingProof(key, "client", started.transcriptHash), request.mac)) {
      await this.#refuse(open, left, origin);
    }
    // The code is good for one browser: a right answer that overtook this one, or a new code, has closed it.
    if (this.#open !== open || this.#isExpired(open)) throw new TandemError("pairing.expired");
    this.#close(open);
    const clientId = await this.#keep(started, origin);
    return { clientId, mac: pairingProof(key, "connector", started.transcriptHash).toString("base64") };
  }

  async #refuse(open: OpenCode, left: number, origin: string): Promise<never> {
    if (left <= 0) this.#close(open);
    const error =
      left > 0 ? new TandemError("pairing.wrong-code", { left }) : new TandemError("pairing.too-many-attempts");
    await this.#deps.refusals.record("clients.pair", origin, error.code);
    throw error;
  }

  async #keep({ request, transcriptHash }: Started, origin: string): Promise<ClientId> {
    const clientId = ClientId.parse(randomUUID());
    const fingerprint = fingerprintWords(transcriptHash);
    // The label is shown in consoles, where control characters could rewrite what stands there.
    const label = request.label.replace(/\p{C}/gu, " ").trim();
    await this.#deps.clients.add({
      clientId,
      label,
      origin,
      fingerprint,
      publicKey: request.clientPublicKey,
      pairedAt: instantOf(this.#deps.clock.now()),
      lastSeenAt: null,
      revokedAt: null,
    });
    this.#onPaired(fingerprint, label);
    return clientId;
  }

  #current(): OpenCode {
    const open = this.#open;
    if (open === null) throw new TandemError("pairing.not-open");
    if (this.#isExpired(open)) {
      this.#close(open);
      throw new TandemError("pairing.expired");
    }
    if (open.attemptsLeft <= 0) throw new TandemError("pairing.too-many-attempts");
    return open;
  }

  #isExpired(open: OpenCode): boolean {
    return this.#deps.clock.now() >= open.expiresAt;
  }

  #close(open: OpenCode): void {
    if (this.#open === open) this.#open = null;
  }
}
