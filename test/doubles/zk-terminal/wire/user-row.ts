/** Row lengths of the user table: 72 on colour-screen terminals, 28 on black-and-white ones, 120 on NG-MB1 (`zk-pull.md` §2.4). */
export type UserSize = 28 | 72 | 120;

export interface User {
  /** Slot number, 1…65534. */
  readonly uid: number;
  readonly userId: string;
  /** Name field as stored. */
  readonly name: Buffer;
  readonly password: string;
  readonly privilege: number;
  readonly card: number;
  readonly group: number;
  /** Empty: the group's time zones apply. */
  readonly timeZones: readonly number[];
}

/** What stands behind the NUL of a password on real devices (§2.4). */
const GARBAGE = Buffer.from([0x19, 0xfa, 0x5e, 0x21, 0xc6, 0x9a, 0x80, 0x7c]);

const encoders: Record<UserSize, (user: User) => Buffer> = {
  28: (user) => {
    const row = Buffer.alloc(28);
    row.writeUInt16LE(user.uid, 0);
    row.writeUInt8(user.privilege, 2);
    writePassword(row, user.password, 3, 5);
    user.name.copy(row, 8, 0, 8);
    row.writeUInt32LE(user.card, 16);
    row.writeUInt8(user.group, 21);
    row.writeUInt16LE(user.timeZones[0] ?? 0, 22);
    row.writeUInt32LE(numericId(user.userId), 24);
    return row;
  },
  72: (user) => {
    const row = Buffer.alloc(72);
    row.writeUInt16LE(user.uid, 0);
    row.writeUInt8(user.privilege, 2);
    writePassword(row, user.password, 3, 8);
    user.name.copy(row, 11, 0, 24);
    row.writeUInt32LE(user.card, 35);
    row.writeUInt8(user.group, 39);
    row.writeUInt16LE(user.timeZones.length > 0 ? 1 : 0, 40);
    user.timeZones.slice(0, 3).forEach((zone, at) => row.writeUInt16LE(zone, 42 + 2 * at));
    row.write(user.userId, 48, 24, "latin1");
    return row;
  },
  // Only the place of the PIN is known of this layout (§2.4): a reader has to refuse it.
  120: (user) => {
    const row = Buffer.alloc(120);
    row.writeUInt16LE(user.uid, 0);
    row.writeUInt8(user.privilege, 2);
    row.write(user.userId, 3, 8, "latin1");
    user.name.copy(row, 19, 0, 24);
    return row;
  },
};

export function encodeUser(user: User, size: UserSize): Buffer {
  return encoders[size](user);
}

/** Reads a row back. */
export function decodeUser(row: Buffer): User {
  if (row.length === 28) {
    return {
      uid: row.readUInt16LE(0),
      userId: String(row.readUInt32LE(24)),
      name: Buffer.from(row.subarray(8, 16)),
      password: textOf(row.subarray(3, 8)),
      privilege: row.readUInt8(2),
      card: row.readUInt32LE(16),
      group: row.readUInt8(21),
      timeZones: [row.readUInt16LE(22)],
    };
  }
  if (row.length === 120) {
    const name = Buffer.from(row.subarray(19, 43));
    const userId = textOf(row.subarray(3, 11));
    return {
      uid: row.readUInt16LE(0),
      userId,
      name,
      password: "",
      privilege: row.readUInt8(2),
      card: 0,
      group: 1,
      timeZones: [],
    };
  }
  return {
    uid: row.readUInt16LE(0),
    userId: textOf(row.subarray(48, 72)),
    name: Buffer.from(row.subarray(11, 35)),
    password: textOf(row.subarray(3, 11)),
    privilege: row.readUInt8(2),
    card: row.readUInt32LE(35),
    group: row.readUInt8(39),
    timeZones: row.readUInt16LE(40) === 0 ? [] : [42, 44, 46].map((at) => row.readUInt16LE(at)),
  };
}

/** Text up to the first NUL. */
export function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString("latin1", 0, end === -1 ? field.length : end);
}

/** 28-byte users and 16-byte punches hold the id as a number; anything else becomes 0 there. */
export function numericId(userId: string): number {
  return /^\d{1,10}$/.test(userId) ? Number(userId) % 0x1_0000_0000 : 0;
}

function writePassword(row: Buffer, password: string, at: number, length: number): void {
  if (password === "") return;
  GARBAGE.copy(row, at, 0, length);
  row.write(password.slice(0, length), at, "latin1");
  if (password.length < length) row.writeUInt8(0, at + password.length);
}
