/** One packet of the protocol: 8 bytes of header and data, the same over TCP and UDP (`zk-pull.md` §1.1). */
export interface Packet {
  readonly command: number;
  readonly session: number;
  readonly reply: number;
  readonly data: Buffer;
}

export const PREFIX = Buffer.from([0x50, 0x50, 0x82, 0x7d]);
export const PREFIX_LENGTH = 8;
export const HEADER_LENGTH = 8;

/** Ones' complement of the 16-bit word sum with the carries folded; the checksum field counts as zero (§1.2). */
export function checksumOf(packet: Buffer): number {
  let sum = 0;
  const even = packet.length & ~1;
  for (let at = 0; at < even; at += 2) if (at !== 2) sum += (packet[at] ?? 0) | ((packet[at + 1] ?? 0) << 8);
  if (even !== packet.length) sum += packet[even] ?? 0;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Header and data without the TCP prefix. */
export function encodePacket(packet: Packet): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH + packet.data.length);
  bytes.writeUInt16LE(packet.command, 0);
  bytes.writeUInt16LE(packet.session & 0xffff, 4);
  bytes.writeUInt16LE(packet.reply & 0xffff, 6);
  packet.data.copy(bytes, HEADER_LENGTH);
  bytes.writeUInt16LE(checksumOf(bytes), 2);
  return bytes;
}

/** The TCP form. `length` is what the prefix says; firmware exists that says less than it sends (§2.2). */
export function encodeFrame(packet: Packet, length?: number): Buffer {
  const body = encodePacket(packet);
  const prefix = Buffer.alloc(PREFIX_LENGTH);
  PREFIX.copy(prefix);
  prefix.writeUInt32LE(length ?? body.length, 4);
  return Buffer.concat([prefix, body]);
}

export interface Received extends Packet {
  /** False when the checksum field does not match the content. */
  readonly intact: boolean;
}

/** Null when there is not even a header. */
export function decodePacket(bytes: Buffer): Received | null {
  if (bytes.length < HEADER_LENGTH) return null;
  return {
    command: bytes.readUInt16LE(0),
    session: bytes.readUInt16LE(4),
    reply: bytes.readUInt16LE(6),
    data: Buffer.from(bytes.subarray(HEADER_LENGTH)),
    intact: bytes.readUInt16LE(2) === checksumOf(bytes),
  };
}
