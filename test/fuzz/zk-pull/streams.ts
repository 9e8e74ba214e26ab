import { Deframer, HEADER_LENGTH, LARGEST_PACKET, PREFIX_LENGTH } from "../../../connector/terminals/zk-pull/frame.ts";
import type { Random } from "../../doubles/zk-terminal/samples/random.ts";

const MAGIC = [0x50, 0x50, 0x82, 0x7d];

/** What a stream came to: packets that were found, and bytes that belong to none. */
interface Cut {
  readonly packets: readonly Buffer[];
  readonly stray: Buffer;
}

/**
 * One damaged TCP stream, cut twice with other segments. Both ways give the same packets and the same stray bytes, every
 * byte of the stream is accounted for, and no more is held back than a packet may be long. Throws where that is not so.
 * True where all packets of the undamaged stream were found.
 */
export function fuzzStream(random: Random): boolean {
  const frames = Array.from({ length: 1 + random.below(5) }, () => frame(random));
  const bytes = mutated(Buffer.concat(frames), random);
  const whole = cut(bytes, () => bytes.length);
  const pieces = cut(bytes, () => 1 + random.below(24));
  if (!pieces.stray.equals(whole.stray)) throw new Error("stray bytes that depend on the segments");
  if (pieces.packets.length !== whole.packets.length) throw new Error("packets that depend on the segments");
  if (!pieces.packets.every((packet, at) => packet.equals(whole.packets[at] ?? Buffer.alloc(0))))
    throw new Error("packets whose bytes depend on the segments");
  return (
    whole.packets.length === frames.length &&
    frames.every((sent, at) => sent.subarray(PREFIX_LENGTH).equals(whole.packets[at] ?? Buffer.alloc(0)))
  );
}

function frame(random: Random): Buffer {
  const body = Buffer.from(Array.from({ length: HEADER_LENGTH + random.below(40) }, () => random.below(256)));
  const prefix = Buffer.alloc(PREFIX_LENGTH);
  prefix.set(MAGIC);
  prefix.writeUInt32LE(body.length, MAGIC.length);
  return Buffer.concat([prefix, body]);
}

function mutated(stream: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(stream);
  for (let times = 1 + random.below(3); times > 0 && bytes.length > 0; times--) {
    const at = random.below(bytes.length);
    switch (random.below(4)) {
      case 0:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(12))]);
        break;
      case 1:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(MAGIC.slice(0, 1 + random.below(4))),
          bytes.subarray(at),
        ]);
        break;
      default:
        bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
    }
  }
  return bytes;
}

function cut(bytes: Buffer, segment: () => number): Cut {
  const packets: Buffer[] = [];
  const stray: Buffer[] = [];
  const deframer = new Deframer({
    packet: (packet) => void packets.push(packet.bytes),
    stray: (piece) => void stray.push(piece),
  });
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + segment());
    deframer.push(bytes.subarray(at, end));
    if (deframer.pending > LARGEST_PACKET + PREFIX_LENGTH) throw new Error("more held back than a packet may be long");
    at = end;
  }
  const unfinished = deframer.pending;
  const given = sum(packets) + packets.length * PREFIX_LENGTH + sum(stray);
  if (given + unfinished !== bytes.length) throw new Error("bytes that were lost or invented");
  return { packets, stray: Buffer.concat(stray) };
}

function sum(pieces: readonly Buffer[]): number {
  return pieces.reduce((total, piece) => total + piece.length, 0);
}
