import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { Deframer, LARGEST_PACKET } from "../../../../connector/terminals/zk-pull/frame.ts";
import { encodeFrame, type Packet } from "../../../doubles/zk-terminal/wire/packet.ts";

interface Heard {
  readonly packets: Packet[];
  readonly stray: Buffer[];
  readonly deframer: Deframer;
}

function listen(): Heard {
  const packets: Packet[] = [];
  const stray: Buffer[] = [];
  const deframer = new Deframer({
    packet: ({ command, session, reply, data }) => void packets.push({ command, session, reply, data }),
    stray: (bytes) => void stray.push(bytes),
  });
  return { packets, stray, deframer };
}

const aPacket = fc.record({
  command: fc.integer({ min: 0, max: 0xffff }),
  session: fc.integer({ min: 0, max: 0xffff }),
  reply: fc.integer({ min: 0, max: 0xffff }),
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

function cut(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...pieces, bytes.subarray(at)];
}

test("however a stream is cut, its packets come out", () => {
  fc.assert(
    fc.property(
      fc.array(aPacket, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }),
      (packets, sizes) => {
        const { deframer, packets: out, stray } = listen();

        for (const piece of cut(Buffer.concat(packets.map((packet) => encodeFrame(packet))), sizes))
          deframer.push(piece);

        expect(out).toEqual(packets);
        expect(stray).toEqual([]);
        expect(deframer.pending).toBe(0);
      },
    ),
  );
});

test("whatever comes, no byte is lost and nothing throws", () => {
  const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          noise,
          aPacket.map((packet) => encodeFrame(packet)),
        ),
        { maxLength: 8 },
      ),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 100 }),
      (parts, sizes) => {
        const { deframer, packets, stray } = listen();
        const stream = Buffer.concat(parts);

        for (const piece of cut(stream, sizes)) deframer.push(piece);

        const out = packets.reduce((sum, { data }) => sum + 16 + data.length, 0);
        expect(out + stray.reduce((sum, bytes) => sum + bytes.length, 0) + deframer.pending).toBe(stream.length);
      },
    ),
  );
});

describe("a stream", () => {
  const frame = encodeFrame({ command: 2000, session: 1, reply: 2, data: Buffer.from("abc") });

  test("gives nothing before a packet is whole", () => {
    const { deframer, packets } = listen();

    deframer.push(frame.subarray(0, -1));
    expect([packets.length, deframer.pending]).toEqual([0, frame.length - 1]);

    deframer.push(frame.subarray(-1));
    expect([packets.length, deframer.pending]).toEqual([1, 0]);
  });

  test("finds the next prefix after bytes that are none", () => {
    const { deframer, packets, stray } = listen();

    deframer.push(Buffer.concat([Buffer.from("PP\x82PP", "latin1"), frame, Buffer.from("xyz"), frame]));

    expect(packets).toHaveLength(2);
    expect(Buffer.concat(stray).toString("latin1")).toBe("PP\x82PPxyz");
  });

  test.each([0, 7, LARGEST_PACKET + 1, 0xffff_ffff])("does not believe a length of %i", (length) => {
    const { deframer, packets, stray } = listen();
    const broken = Buffer.from(frame);
    broken.writeUInt32LE(length, 4);

    deframer.push(Buffer.concat([broken, frame]));

    expect(packets).toHaveLength(1);
    expect(Buffer.concat(stray)).toEqual(broken);
  });

  test("takes packets above the 65,535 bytes that other clients stop at", () => {
    const { deframer, packets } = listen();
    const data = Buffer.alloc(200_000, 7);

    deframer.push(encodeFrame({ command: 1501, session: 1, reply: 2, data }));

    expect(packets[0]?.data).toEqual(data);
  });

  test("gives out a held back beginning when nothing more comes", () => {
    const { deframer, stray } = listen();

    deframer.push(Buffer.from("PP", "latin1"));
    expect(stray).toEqual([]);
    deframer.flush();

    expect(Buffer.concat(stray).toString()).toBe("PP");
  });
});
