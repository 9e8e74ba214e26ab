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
import { isSameProof, pairingProof, sha256 } from "./keys.ts";
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
  readonly connectorPublicKey: string;
  /** Port the API listens on; part of the proof. */
  readonly port: () => number;
}

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
    return this.#open !== null && this.#deps.clock.now() < this.#open.expiresAt;
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

  start(request: z.infer<typeof PairStartRequest>, origin: string): z.infer<typeof PairStartReply> {
    const open = this.#current();
    if (request.protocol !== PROTOCOL_VERSION)
      throw new TandemError("pairing.protocol", { protocol: request.protocol });
    const connectorNonce = randomBytes(32).toString("base64");
    const salt = randomBytes(32).toString("base64");
    const transcript = pairingTranscript({
      clientPublicKey: request.clientPublicKey,
      connectorPublicKey: this.#deps.connectorPublicKey,
      clientNonce: request.clientNonce,
      connectorNonce,
      origin,
      port: this.#deps.port(),
    });
    open.started.set(origin, { request, salt, transcriptHash: sha256(transcript) });
    return {
      protocol: PROTOCOL_VERSION,
      connectorPublicKey: this.#deps.connectorPublicKey,
      connectorNonce,
      salt,
      iterations: PAIRING.pbkdf2Iterations,
    };
  }

  async confirm(
    request: z.infer<typeof PairConfirmRequest>,
    origin: string,
  ): Promise<z.infer<typeof PairConfirmReply>> {
    const open = this.#current();
    const started = open.started.get(origin);
    if (started === undefined) throw new TandemError("pairing.not-open");
    // Counted before the slow derivation: attempts made at the same time must not share one count.
    open.attemptsLeft -= 1;
    const expected = await pairingProof(open.code, started.salt, "client", started.transcriptHash);
    if (!isSameProof(expected, request.mac)) {
      if (open.attemptsLeft <= 0) this.#close(open);
      throw open.attemptsLeft > 0
        ? new TandemError("pairing.wrong-code", { left: open.attemptsLeft })
        : new TandemError("pairing.too-many-attempts");
    }
    // The code is good for one browser: a second right answer that overtook this one has closed it.
    if (this.#open !== open) throw new TandemError("pairing.not-open");
    this.#close(open);
    return this.#keep(open.code, started, origin);
  }

  async #keep(code: string, started: Started, origin: string): Promise<z.infer<typeof PairConfirmReply>> {
    const clientId = ClientId.parse(randomUUID());
    const fingerprint = fingerprintWords(started.transcriptHash);
    const proof = await pairingProof(code, started.salt, "connector", started.transcriptHash);
    const { label, clientPublicKey } = started.request;
    await this.#deps.clients.add({
      clientId,
      label,
      origin,
      fingerprint,
      publicKey: clientPublicKey,
      pairedAt: instantOf(this.#deps.clock.now()),
      lastSeenAt: null,
      revokedAt: null,
    });
    this.#onPaired(fingerprint, label);
    return { clientId, mac: proof.toString("base64") };
  }

  #current(): OpenCode {
    const open = this.#open;
    if (open === null) throw new TandemError("pairing.not-open");
    if (this.#deps.clock.now() >= open.expiresAt) {
      this.#close(open);
      throw new TandemError("pairing.expired");
    }
    if (open.attemptsLeft <= 0) throw new TandemError("pairing.too-many-attempts");
    return open;
  }

  #close(open: OpenCode): void {
    if (this.#open === open) this.#open = null;
  }
}
