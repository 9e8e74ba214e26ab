import type { Packet } from "../frame.ts";

interface Part {
  /** Header and data. */
  packet: Buffer;
  data: Buffer;
}

const HEADER = 8;

/** The DATA packets of one answer, put together in their order. */
export class DataParts {
  /** Over UDP the session field counts the packets of an answer, so that lost ones can be seen (`zk-pull.md` §2.1). */
  readonly #indexed: boolean;
  readonly #session: number | null;
  readonly #parts: (Part | undefined)[] = [];
  /** True once a packet carried another number than the session: this answer's packets are counted. */
  #counted = false;
  #last: Part | null = null;
  #length = 0;

  constructor(indexed: boolean, session: number | null) {
    this.#indexed = indexed;
    this.#session = session;
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  get hasGap(): boolean {
    return this.#parts.includes(undefined);
  }

  add({ data, bytes, session }: Packet): void {
    const part = { packet: bytes, data };
    if (!this.#indexed) this.#put(this.#parts.length, part);
    else if (this.#counted || session !== this.#session) {
      if (!this.#counted) this.#count();
      this.#put(session, part);
    } else if (!this.#isRepeated(part)) this.#put(this.#parts.length, part);
  }

  /** The end of the last packet, whose prefix said too little (§2.2). */
  extend(bytes: Buffer): void {
    if (this.#last === null) return;
    this.#last.packet = Buffer.concat([this.#last.packet, bytes]);
    this.#last.data = this.#last.packet.subarray(HEADER);
    this.#length += bytes.length;
  }

  every(test: (packet: Buffer) => boolean): boolean {
    return this.#parts.every((part) => part === undefined || test(part.packet));
  }

  /** The first four bytes as a number; null while they are not there. */
  firstU32(): number | null {
    const first = this.#parts[0]?.data;
    if (first === undefined) return null;
    if (first.length >= 4) return first.readUInt32LE(0);
    const bytes = this.bytes();
    return bytes.length >= 4 ? bytes.readUInt32LE(0) : null;
  }

  bytes(): Buffer {
    const datas = this.#parts.flatMap((part) => (part === undefined ? [] : [part.data]));
    return datas.length === 1 && datas[0] !== undefined ? datas[0] : Buffer.concat(datas);
  }

  #put(at: number, part: Part): void {
    if (this.#parts[at] !== undefined) return;
    while (this.#parts.length < at) this.#parts.push(undefined);
    this.#parts[at] = part;
    this.#last = part;
    this.#length += part.data.length;
  }

  /** What carried the session's number so far was one packet, whose place has that number by chance. */
  #count(): void {
    this.#counted = true;
    const [first] = this.#parts;
    this.#parts.length = 0;
    this.#length = 0;
    if (first !== undefined && this.#session !== null) this.#put(this.#session, first);
  }

  /** While nothing counts the packets, a doubled datagram must not stand in for a lost one: rather short than wrong. */
  #isRepeated({ packet }: Part): boolean {
    return this.#parts.some((part) => part?.packet.equals(packet) === true);
  }
}
