import { HEADER_LENGTH, PREFIX, PREFIX_LENGTH } from "./packet.ts";

const LARGEST_PACKET = 0x10000;

/** Cuts a TCP stream into packets. A stream that is not this protocol's throws: the terminal then hangs up. */
export class Deframer {
  #rest = Buffer.alloc(0);

  push(bytes: Buffer): readonly Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const packets: Buffer[] = [];
    while (this.#rest.length >= PREFIX_LENGTH) {
      const length = this.#rest.readUInt32LE(4);
      if (!this.#rest.subarray(0, 4).equals(PREFIX)) throw new Error("the stream does not start with the prefix");
      if (length < HEADER_LENGTH || length > LARGEST_PACKET) throw new Error(`impossible packet length ${length}`);
      if (this.#rest.length < PREFIX_LENGTH + length) break;
      packets.push(Buffer.from(this.#rest.subarray(PREFIX_LENGTH, PREFIX_LENGTH + length)));
      this.#rest = this.#rest.subarray(PREFIX_LENGTH + length);
    }
    return packets;
  }
}
