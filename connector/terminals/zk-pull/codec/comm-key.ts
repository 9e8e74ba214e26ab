/** What the public clients put into the free byte. */
const USUAL_TICKS = 50;

/** The four bytes of AUTH for a communication key (u32) in a session (`zk-pull.md` §1.5). */
export function encodeCommKey(key: number, session: number, ticks: number = USUAL_TICKS): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE((reverseBits(key) + session) % 0x1_0000_0000);
  const [, b1 = 0, b2 = 0, b3 = 0] = sum.map((byte, at) => byte ^ (ZKSO[at] ?? 0));
  // The third byte carries the ticks themselves, so the low byte of the sum is never sent.
  return Buffer.from([b2 ^ ticks, b3 ^ ticks, ticks, b1 ^ ticks]);
}

const ZKSO = Buffer.from("ZKSO", "latin1");

function reverseBits(value: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) reversed = ((reversed << 1) | ((value >>> bit) & 1)) >>> 0;
  return reversed;
}
