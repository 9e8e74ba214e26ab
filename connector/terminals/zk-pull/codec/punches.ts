import type { RawPunch } from "../../terminal.ts";

import { TimeDecoder } from "./time.ts";
import { UserIds } from "./user-ids.ts";

/** Row lengths that can be read (`zk-pull.md` §2.5). */
export type PunchSize = 8 | 16 | 40 | 49;

/** Names of slots, for the 8-byte rows that hold nothing else. */
export type SlotNames = ReadonlyMap<number, string>;

/** Decodes a log whose row length is known. `slots` is asked for 8-byte rows only. */
export function decodePunches(log: Buffer, size: PunchSize, slots: SlotNames = new Map()): readonly RawPunch[] {
  const decode = DECODERS[size];
  const context: Context = { times: new TimeDecoder(), ids: new UserIds(), slots };
  const punches = new Array<RawPunch>(log.length / size);
  for (let at = 0, index = 0; at < log.length; at += size, index++)
    punches[index] = decode(log, at, log.subarray(at, at + size), context);
  return punches;
}

interface Context {
  readonly times: TimeDecoder;
  readonly ids: UserIds;
  readonly slots: SlotNames;
}

type Decoder = (log: Buffer, at: number, raw: Buffer, context: Context) => RawPunch;

const DECODERS: Readonly<Record<PunchSize, Decoder>> = {
  8: (log, at, raw, { times, ids, slots }) => {
    const uid = log.readUInt16LE(at);
    const verify = log.readUInt8(at + 2);
    const time = log.readUInt32LE(at + 3);
    const state = log.readUInt8(at + 7);
    const userId = ids.of(slots.get(uid) ?? String(uid));
    // Made of the slot: the same record stays the same when the slot's user is renamed or deleted.
    const key = `#${uid}|${time}|${verify}|${state}`;
    return { userId, at: times.decode(time), verify, state, workCode: null, key, raw };
  },
  16: (log, at, raw, { times, ids }) => {
    const userId = ids.of(String(log.readUInt32LE(at)));
    const time = log.readUInt32LE(at + 4);
    const verify = log.readUInt8(at + 8);
    const state = log.readUInt8(at + 9);
    const workCode = log.readUInt32LE(at + 12);
    const key = `${userId}|${time}|${verify}|${state}`;
    return { userId, at: times.decode(time), verify, state, workCode, key, raw };
  },
  40: decodeLong,
  49: decodeLong,
};

function decodeLong(log: Buffer, at: number, raw: Buffer, { times, ids }: Context): RawPunch {
  const userId = ids.between(log, at + 2, at + 26, log.readUInt16LE(at));
  const verify = log.readUInt8(at + 26);
  const time = log.readUInt32LE(at + 27);
  const state = log.readUInt8(at + 31);
  const key = `${userId}|${time}|${verify}|${state}`;
  return { userId, at: times.decode(time), verify, state, workCode: null, key, raw };
}
