import type { Modes } from "../device/modes.ts";
import type { Random } from "../samples/random.ts";

/** What an ordinary TCP segment carries over a link with a small MTU. */
const MTU_PAYLOAD = 1_400;
/** Inside the magic and inside the length: both halves of a prefix are cut through (`zk-pull.md` §2.2). */
const PREFIX_CUTS = [3, 6];
const LARGEST_RANDOM_SEGMENT = 3_000;

/** Cuts the frames of one answer into the pieces that are written one by one. */
export function segmentsOf(frames: readonly Buffer[], mode: Modes["segmentation"], random: Random): readonly Buffer[] {
  switch (mode) {
    case "packets":
      return frames;
    case "coalesced":
      return [Buffer.concat(frames)];
    case "prefix-split":
      return cut(Buffer.concat(frames), prefixCuts(frames));
    case "one-byte":
      return every(Buffer.concat(frames), () => 1);
    case "mtu":
      return every(Buffer.concat(frames), () => MTU_PAYLOAD);
    case "random":
      return every(Buffer.concat(frames), () => 1 + random.below(LARGEST_RANDOM_SEGMENT));
  }
}

/** The cuts leave the end of one packet and the start of the next in one piece. */
function prefixCuts(frames: readonly Buffer[]): readonly number[] {
  let start = 0;
  return frames.flatMap((frame) => {
    const cuts = PREFIX_CUTS.filter((at) => at < frame.length).map((at) => start + at);
    start += frame.length;
    return cuts;
  });
}

function cut(bytes: Buffer, at: readonly number[]): readonly Buffer[] {
  const bounds = [0, ...at, bytes.length];
  return bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
}

function every(bytes: Buffer, size: () => number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + size());
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}
