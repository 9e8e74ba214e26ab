import type { Template } from "../device/template-store.ts";

import { Random } from "./random.ts";

const HEAD = Buffer.from([0x4d, 0xfd, 0x53, 0x53, 0x32, 0x31, 0x00, 0x00]);

/** Bytes that look like an FP10 template (`zk-pull.md` §3.1); no finger of anybody. */
export function generateTemplate(seed: number, size = 1_214): Buffer {
  const random = new Random(seed);
  const body = Buffer.from(Array.from({ length: size - HEAD.length }, () => random.below(256)));
  // A template that ends in zeros cannot be told from its padding (§3.1).
  body.writeUInt8(1 + random.below(255), body.length - 1);
  return Buffer.concat([HEAD, body]);
}

/** One to three fingers for each slot in `uids`. */
export function generateTemplates(seed: number, uids: readonly number[]): readonly Template[] {
  const random = new Random(seed);
  return uids.flatMap((uid) =>
    Array.from({ length: 1 + random.below(3) }, (_, finger) => ({
      uid,
      finger,
      flag: 1,
      bytes: generateTemplate(seed * 100_000 + uid * 10 + finger, 900 + random.below(700)),
    })),
  );
}
