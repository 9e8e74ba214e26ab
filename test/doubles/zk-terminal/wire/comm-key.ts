/**
 * Whether the four bytes of AUTH prove the communication key (`zk-pull.md` §1.5). Byte 2 carries the client's tick and
 * overwrites one byte of the key, so three bytes are compared.
 */
export function provesCommKey(proof: Buffer, key: number, session: number): boolean {
  const tick = proof[2];
  if (proof.length !== 4 || tick === undefined) return false;
  const expected = commKeyProof(key, session, tick);
  return [0, 1, 3].every((at) => proof[at] === expected[at]);
}

export function commKeyProof(key: number, session: number, tick: number): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE((reverseBits(key) + session) % 0x1_0000_0000);
  const scrambled = Buffer.from("ZKSO").map((letter, at) => letter ^ (sum[at] ?? 0));
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = scrambled;
  return Buffer.from([b2 ^ tick, b3 ^ tick, b0 ^ tick, b1 ^ tick].map((byte, at) => (at === 2 ? tick : byte)));
}

function reverseBits(value: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) if ((value >>> bit) & 1) reversed += 2 ** (31 - bit);
  return reversed;
}
