/** Operation codes of `zk-pull.md` §2.5 that the terminal writes itself. */
export const Operation = {
  powerOn: 0,
  changeOption: 5,
  enrolFinger: 6,
  deleteUser: 9,
  deleteFinger: 10,
  clearData: 13,
  setTime: 21,
  clearAttendance: 23,
  clearAdmins: 24,
  unlock: 29,
  enrolUser: 30,
} as const;

export interface OperationEntry {
  readonly operation: number;
  /** Device time, u32. */
  readonly time: number;
  readonly params: readonly number[];
}

/** The operation log: 16-byte rows. */
export class OperationLog {
  readonly #entries: OperationEntry[] = [];

  get count(): number {
    return this.#entries.length;
  }

  all(): readonly OperationEntry[] {
    return this.#entries;
  }

  append(entry: OperationEntry): void {
    this.#entries.push(entry);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  rows(): Buffer {
    return Buffer.concat(
      this.#entries.map(({ operation, time, params }) => {
        const row = Buffer.alloc(16);
        row.writeUInt8(operation, 2);
        row.writeUInt32LE(time, 4);
        params.slice(0, 4).forEach((param, at) => row.writeUInt16LE(param & 0xffff, 8 + 2 * at));
        return row;
      }),
    );
  }
}
