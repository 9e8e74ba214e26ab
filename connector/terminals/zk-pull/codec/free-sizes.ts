import type { TerminalCapacity } from "@tandem/contracts/domain/terminal.ts";

const NOTHING: TerminalCapacity = {
  users: null,
  userCapacity: null,
  fingers: null,
  fingerCapacity: null,
  faces: null,
  faceCapacity: null,
  punches: null,
  punchCapacity: null,
};

const SHORT = 80;
const LONG = 92;

/**
 * Counts and capacities of GET_FREE_SIZES (`zk-pull.md` §2.8). Only the two documented lengths are believed: WL20 and
 * AK3750 answer a single u32, SpeedFace in access mode 120 bytes of unknown layout. All zeros mean "nothing to say" too.
 */
export function decodeFreeSizes(data: Buffer): TerminalCapacity {
  if (data.length !== SHORT && data.length !== LONG) return NOTHING;
  const count = (at: number): number | null => {
    const value = at + 4 <= data.length ? data.readInt32LE(at) : -1;
    return value < 0 ? null : value;
  };
  // A count without any capacity behind it is what firmware without these numbers sends.
  const pair = (held: number, room: number): readonly [number | null, number | null] =>
    count(room) === null || count(room) === 0
      ? [count(held) === 0 ? null : count(held), null]
      : [count(held), count(room)];
  const [users, userCapacity] = pair(16, 60);
  const [fingers, fingerCapacity] = pair(24, 56);
  const [punches, punchCapacity] = pair(32, 64);
  const [faces, faceCapacity] = [count(80), count(88)];
  return { users, userCapacity, fingers, fingerCapacity, faces, faceCapacity, punches, punchCapacity };
}
