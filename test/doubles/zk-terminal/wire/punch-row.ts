import { encodeEventTime } from "./device-time.ts";
import { numericId } from "./user-row.ts";

/** Row lengths of the attendance log (`zk-pull.md` §2.5). */
export type PunchSize = 8 | 16 | 22 | 40 | 49;

export interface Punch {
  /** Slot number at the time of the punch; 0 when the user is gone. */
  readonly uid: number;
  readonly userId: string;
  /** Device time, u32. */
  readonly time: number;
  readonly verify: number;
  readonly state: number;
  readonly workCode: number;
}

const UNDOCUMENTED_TAIL = Buffer.from([0, 0, 0, 0, 0xff, 0, 0, 0]);
const TAIL_OF_49 = Buffer.from([0xff, 0x32, 0x35, 0x35, 0, 0, 0, 0, 0]);

const encoders: Record<PunchSize, (punch: Punch, row: Buffer) => void> = {
  8: (punch, row) => {
    row.writeUInt16LE(punch.uid, 0);
    row.writeUInt8(punch.verify, 2);
    row.writeUInt32LE(punch.time, 3);
    row.writeUInt8(punch.state, 7);
  },
  16: (punch, row) => {
    row.writeUInt32LE(numericId(punch.userId), 0);
    row.writeUInt32LE(punch.time, 4);
    row.writeUInt8(punch.verify, 8);
    row.writeUInt8(punch.state, 9);
    row.writeUInt32LE(punch.workCode, 12);
  },
  22: (punch, row) => {
    row.writeUInt16LE(punch.uid, 0);
    row.write(punch.userId, 2, 6, "latin1");
    row.writeUInt8(1, 12);
    row.writeUInt32LE(punch.time, 13);
    row.writeUInt8(punch.state, 17);
  },
  40: writeLong,
  49: (punch, row) => {
    writeLong(punch, row);
    TAIL_OF_49.copy(row, 40);
  },
};

function writeLong(punch: Punch, row: Buffer): void {
  row.writeUInt16LE(punch.uid, 0);
  row.write(punch.userId, 2, 24, "latin1");
  row.writeUInt8(punch.verify, 26);
  row.writeUInt32LE(punch.time, 27);
  row.writeUInt8(punch.state, 31);
  UNDOCUMENTED_TAIL.copy(row, 32);
}

export function encodePunches(punches: readonly Punch[], size: PunchSize): Buffer {
  const rows = Buffer.alloc(punches.length * size);
  punches.forEach((punch, at) => encoders[size](punch, rows.subarray(at * size, (at + 1) * size)));
  return rows;
}

/** Payload lengths of a punch event (§2.10). */
export type EventSize = 10 | 12 | 14 | 32 | 36 | 37 | 52;

export function encodePunchEvent(punch: Punch, size: EventSize): Buffer {
  const payload = Buffer.alloc(size);
  if (size === 10 || size === 14) payload.writeUInt16LE(numericId(punch.userId) & 0xffff, 0);
  else if (size === 12) payload.writeUInt32LE(numericId(punch.userId), 0);
  else payload.write(punch.userId, 0, 24, "latin1");
  const at = size === 12 ? 4 : size < 32 ? 2 : 24;
  payload.writeUInt8(punch.verify, at);
  payload.writeUInt8(punch.state, at + 1);
  encodeEventTime(punch.time).copy(payload, at + 2);
  return payload;
}
