import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import type { Packet } from "../../../../connector/terminals/zk-pull/frame.ts";
import { DataParts } from "../../../../connector/terminals/zk-pull/wire/data-parts.ts";

const SIZE = 4;

/** DATA whose four bytes all say which packet of its answer it is. */
function data(index: number, session: number): Packet {
  const bytes = Buffer.alloc(8 + SIZE, index);
  return { command: 1501, session, reply: 7, data: bytes.subarray(8), bytes };
}

function partsOf(session: number, packets: readonly Packet[]): DataParts {
  const parts = new DataParts(true, session);
  for (const packet of packets) parts.add(packet);
  return parts;
}

const inOrder = (count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, at) => Buffer.alloc(SIZE, at)));

describe("packets that count themselves in the session field", () => {
  test("are put in their order, also when one has the number of the session", () => {
    for (const session of [0, 1, 2, 3, 900]) {
      const parts = partsOf(
        session,
        [2, 0, 3, 1].map((index) => data(index, index)),
      );

      expect([parts.hasGap, parts.bytes()]).toEqual([false, inOrder(4)]);
    }
  });

  test("do not stand in for a lost one when they come twice", () => {
    const parts = partsOf(
      2,
      [0, 1, 2, 2].map((index) => data(index, index)),
    );

    expect(parts.length).toBe(3 * SIZE);
  });

  test("are whole only when every one of them is there, whatever is lost, doubled and swapped", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 14 }),
        fc.array(fc.nat({ max: 11 }), { maxLength: 30 }),
        (count, session, arrivals) => {
          const parts = partsOf(
            session,
            arrivals.filter((index) => index < count).map((index) => data(index, index)),
          );
          if (parts.length !== count * SIZE || parts.hasGap) return;
          expect(parts.bytes()).toEqual(inOrder(count));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test("packets that all carry the session are taken as they come", () => {
  const parts = partsOf(
    2,
    [0, 1, 2].map((index) => data(index, 2)),
  );

  expect([parts.hasGap, parts.bytes()]).toEqual([false, inOrder(3)]);
});

test("packets that all carry the session count once when they come twice", () => {
  const parts = partsOf(
    2,
    [0, 1, 1].map((index) => data(index, 2)),
  );

  expect(parts.length).toBe(2 * SIZE);
});
