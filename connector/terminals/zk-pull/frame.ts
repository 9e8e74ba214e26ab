/** One packet: 8 bytes of header and data, the same over TCP and UDP (`zk-pull.md` §1.1). */
export interface Packet {
  readonly command: number;
  readonly session: number;
  readonly reply: number;
  readonly data: Buffer;
  /** Header and data as received, for the checksum. */
  readonly bytes: Buffer;
}

/** What a TCP stream consists of: packets, and bytes that belong to none. */
export interface StreamSink {
  packet(packet: Packet): void;
  /** Bytes outside any frame: the end of a packet whose prefix said too little (§2.2), or another protocol. */
  stray(bytes: Buffer): void;
}

const MAGIC = Buffer.from([0x50, 0x50, 0x82, 0x7d]);
export const PREFIX_LENGTH = 8;
export const HEADER_LENGTH = 8;
/** No packet is near this long; a longer one is a broken length. */
export const LARGEST_PACKET = 0x10_0000;

/** Null when there is not even a header. */
export function decodePacket(bytes: Buffer): Packet | null {
  if (bytes.length < HEADER_LENGTH) return null;
  return {
    command: bytes.readUInt16LE(0),
    session: bytes.readUInt16LE(4),
    reply: bytes.readUInt16LE(6),
    data: bytes.subarray(HEADER_LENGTH),
    bytes,
  };
}

/**
 * Cuts a TCP stream into packets whatever its segments are, also within the prefix, and finds the next prefix again
 * after bytes that are none. Every byte is copied once, into the packet it belongs to.
 */
export class Deframer {
  readonly #sink: StreamSink;
  /** What may become a prefix: fewer than 8 bytes. */
  #head: Buffer = Buffer.alloc(0);
  #body: Buffer | null = null;
  #filled = 0;

  constructor(sink: StreamSink) {
    this.#sink = sink;
  }

  /** Bytes of an unfinished packet. */
  get pending(): number {
    return this.#body === null ? this.#head.length : PREFIX_LENGTH + this.#filled;
  }

  push(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.#body === null ? this.#seek(rest) : this.#fill(this.#body, rest);
  }

  /** Gives out what was held back as the possible start of a prefix; for when nothing more comes. */
  flush(): void {
    const held = this.#head;
    this.#head = Buffer.alloc(0);
    if (held.length > 0) this.#sink.stray(held);
  }

  /** Looks for a prefix and returns what follows it. */
  #seek(bytes: Buffer): Buffer {
    const all = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    this.#head = Buffer.alloc(0);
    let from = 0;
    for (;;) {
      const at = all.indexOf(MAGIC, from);
      if (at === -1) {
        const keep = possibleStart(all, from);
        this.#give(all, keep);
        this.#head = Buffer.from(all.subarray(keep));
        return all.subarray(all.length);
      }
      if (all.length - at < PREFIX_LENGTH) {
        this.#give(all, at);
        this.#head = Buffer.from(all.subarray(at));
        return all.subarray(all.length);
      }
      const length = all.readUInt32LE(at + 4);
      if (length >= HEADER_LENGTH && length <= LARGEST_PACKET) {
        this.#give(all, at);
        this.#body = Buffer.allocUnsafeSlow(length);
        this.#filled = 0;
        return all.subarray(at + PREFIX_LENGTH);
      }
      // Not a prefix after all: these four bytes are stray, and the real one may begin right behind them.
      from = at + 1;
    }
  }

  #fill(body: Buffer, bytes: Buffer): Buffer {
    const taken = bytes.copy(body, this.#filled);
    this.#filled += taken;
    if (this.#filled === body.length) {
      this.#body = null;
      const packet = decodePacket(body);
      if (packet !== null) this.#sink.packet(packet);
    }
    return bytes.subarray(taken);
  }

  #give(bytes: Buffer, end: number): void {
    if (end > 0) this.#sink.stray(Buffer.from(bytes.subarray(0, end)));
  }
}

/** Where the longest end of `bytes` begins that could be the start of the magic; never before `from`. */
function possibleStart(bytes: Buffer, from: number): number {
  for (let length = Math.min(MAGIC.length - 1, bytes.length - from); length > 0; length--) {
    const at = bytes.length - length;
    if (bytes.subarray(at).equals(MAGIC.subarray(0, length))) return at;
  }
  return bytes.length;
}
