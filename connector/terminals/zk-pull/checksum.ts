/**
 * Ones' complement of the sum of all u16LE words with the carries folded; the checksum field itself (bytes 2 and 3)
 * counts as zero and an odd last byte as a plain byte (`zk-pull.md` §1.2). `packet` is header and data.
 */
export function checksumOf(packet: Uint8Array): number {
  const even = packet.length & ~1;
  let sum = 0;
  for (let at = 0; at < even; at += 2) sum += (packet[at] ?? 0) | ((packet[at + 1] ?? 0) << 8);
  if (even >= 4) sum -= (packet[2] ?? 0) | ((packet[3] ?? 0) << 8);
  if (even !== packet.length) sum += packet[even] ?? 0;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}

/** Whether a packet's own checksum fits its bytes. */
export function isIntact(packet: Buffer): boolean {
  return packet.length >= 8 && packet.readUInt16LE(2) === checksumOf(packet);
}
