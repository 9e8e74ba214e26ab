import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";

import type { Modes } from "../../doubles/zk-terminal/device/modes.ts";
import { segmentsOf } from "../../doubles/zk-terminal/faults/segments.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../doubles/zk-terminal/samples/punches.ts";
import { Random } from "../../doubles/zk-terminal/samples/random.ts";

import { RawClient, READ_PUNCHES, span } from "./raw-client.ts";

const MODES: readonly Modes["segmentation"][] = ["packets", "coalesced", "prefix-split", "one-byte", "mtu", "random"];
const people = generatePeople(20);

let terminal: ZkTerminal;
let client: RawClient;
beforeEach(async () => {
  terminal = await ZkTerminal.start({ users: people, punches: generatePunches(2, { people, count: 200 }) });
  client = await RawClient.open(terminal.port);
});
afterEach(async () => {
  await terminal.stop();
  await client.close();
});

/** Segments of one chunk's answer. */
async function segments(segmentation: Modes["segmentation"], length: number): Promise<readonly number[]> {
  await client.ask(1503, READ_PUNCHES);
  terminal.set({ segmentation });
  client.segments.length = 0;
  await client.chunk(0, length);
  return client.segments.map((segment) => segment.length);
}

test.each(MODES)("no byte is lost or changed by %s", async (segmentation) => {
  const whole = await client.read(READ_PUNCHES);
  terminal.set({ segmentation });

  expect(await client.read(READ_PUNCHES)).toEqual(whole);
});

test("coalesced: PREPARE, DATA and OK arrive together", async () => {
  expect(await segments("coalesced", 100)).toEqual([24 + 116 + 16]);
});

test("prefix-split: every prefix is cut twice", async () => {
  const lengths = await segments("prefix-split", 100);

  expect(lengths.reduce((sum, length) => sum + length)).toBe(24 + 116 + 16);
  expect(lengths[0]).toBeLessThan(8);
  expect(lengths.length).toBeGreaterThanOrEqual(3);
});

test("mtu: nothing longer than 1,400 bytes is written at once", () => {
  const pieces = segmentsOf([Buffer.alloc(24), Buffer.alloc(5_000)], "mtu", new Random(1));

  expect(pieces.map((piece) => piece.length)).toEqual([1_400, 1_400, 1_400, 824]);
});

test("pacing: packets that follow each other arrive apart", async () => {
  terminal.set({ pacingMs: 10 });

  expect(await segments("packets", 100)).toEqual([24, 116, 16]);
});

test("any cutting of any frames joins to the same bytes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 4_000 }), { maxLength: 5 }),
      fc.constantFrom(...MODES),
      fc.integer(),
      (frames, mode, seed) => {
        const bytes = frames.map((frame) => Buffer.from(frame));
        const pieces = segmentsOf(bytes, mode, new Random(seed));
        expect(Buffer.concat(pieces).equals(Buffer.concat(bytes))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test("a chunk beyond the log is refused in any segmentation", async () => {
  await client.ask(1503, READ_PUNCHES);
  terminal.set({ segmentation: "one-byte" });

  expect((await client.ask(1504, span(1_000_000, 1))).command).toBe(2001);
});
