import { isIntact } from "../checksum.ts";
import { Command, isRefusal, Reply } from "../commands.ts";
import type { Packet } from "../frame.ts";

import { DataParts } from "./data-parts.ts";
import type { Collector } from "./line.ts";

/** The first packet of the answer is all of it. */
export class OneReply implements Collector {
  #packet: Packet | null = null;

  get state(): "waiting" | "done" {
    return this.#packet === null ? "waiting" : "done";
  }

  get reply(): Packet | null {
    return this.#packet;
  }

  packet(packet: Packet): void {
    this.#packet ??= packet;
  }

  stray(): void {
    return;
  }
}

/** Enough to begin with: every data set starts with the u32 length of its records (`zk-pull.md` §2.1). */
const LENGTH_FIELD = 4;

/**
 * An answer with data: PREPARE, DATA… and OK in any order that terminals use, a bare DATA, an OK that announces a
 * buffered data set, or a refusal (`zk-pull.md` §2.1, §2.2). Counts bytes against `want`, or against what the answer
 * itself says where nobody knows beforehand: null for data that begin with their own length, "announced" for bare bytes,
 * which only PREPARE measures.
 */
export class DataAnswer implements Collector {
  readonly #want: number | "announced" | null;
  readonly #parts: DataParts;
  #prepared: number | null = null;
  #ok = false;
  #announcement: Buffer | null = null;
  #refusal: number | null = null;

  constructor(want: number | "announced" | null, parts: DataParts) {
    this.#want = want;
    this.#parts = parts;
  }

  get state(): "waiting" | "settling" | "done" {
    if (this.#refusal !== null || this.#announcement !== null) return "done";
    const need = this.#need;
    const { length } = this.#parts;
    // Bare bytes without PREPARE may be all there is, or only the first of them.
    if (need === null) return this.#ok || (this.#want === "announced" && length > 0) ? "settling" : "waiting";
    if (length < need) return this.#ok ? "settling" : "waiting";
    return this.#ok || this.#prepared === null ? "done" : "settling";
  }

  /** Code of a refusal. */
  get refusal(): number | null {
    return this.#refusal;
  }

  /** What an OK carried: the announcement of a buffered data set. */
  get announcement(): Buffer | null {
    return this.#announcement;
  }

  /** Bytes that are there without a gap. */
  get got(): number {
    return this.#parts.length;
  }

  /** Bytes that should be there; null where not even that is known. */
  get need(): number | null {
    return this.#need;
  }

  get isComplete(): boolean {
    return this.#need !== null && this.#parts.length === this.#need && !this.#parts.hasGap;
  }

  /** DATA without PREPARE and OK: nothing says whether more belongs to it. */
  get isBare(): boolean {
    return this.#prepared === null && !this.#ok && this.#parts.length > 0 && !this.#parts.hasGap;
  }

  /** False when a packet's checksum contradicts its bytes. */
  get isIntact(): boolean {
    return this.#parts.every(isIntact);
  }

  bytes(): Buffer {
    return this.#parts.bytes();
  }

  packet(packet: Packet): void {
    const { command, data } = packet;
    if (isRefusal(command)) this.#refusal = command;
    else if (command === Command.prepareData) this.#prepared = data.length >= LENGTH_FIELD ? data.readUInt32LE(0) : 0;
    else if (command === Command.data || command === Reply.data) this.#parts.add(packet);
    else if (command === Reply.ok && data.length > 0 && this.#want === null && this.#isFresh) this.#announcement = data;
    else if (command === Reply.ok) this.#ok = true;
  }

  stray(bytes: Buffer): void {
    this.#parts.extend(bytes);
  }

  get #isFresh(): boolean {
    return this.#prepared === null && this.#parts.length === 0;
  }

  /** PREPARE may announce less than follows, and the data set's own length may say more (§2.2). */
  get #need(): number | null {
    if (this.#want === "announced") return this.#prepared;
    if (this.#want !== null) return this.#want;
    const inner = this.#parts.firstU32();
    if (inner === null) return this.#prepared === 0 && this.#ok ? 0 : null;
    return Math.max(this.#prepared ?? 0, LENGTH_FIELD + inner);
  }
}
