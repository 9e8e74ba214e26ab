import { decodeUser, encodeUser, type User, type UserSize } from "../wire/user-row.ts";

/** The user table. Rows are kept as bytes: what a client writes is what the next client reads. */
export class UserTable {
  readonly size: UserSize;
  readonly #rows = new Map<number, Buffer>();
  readonly #extraRows: readonly Buffer[];

  /** `extraRows` are sent after the users without being any (AK3750/WL10 mix finger-slot rows in, `zk-pull.md` §2.4). */
  constructor(size: UserSize, extraRows: readonly Buffer[]) {
    this.size = size;
    this.#extraRows = extraRows;
  }

  get count(): number {
    return this.#rows.size;
  }

  all(): readonly User[] {
    return [...this.#rows.values()].map(decodeUser);
  }

  get(uid: number): User | null {
    const row = this.#rows.get(uid);
    return row === undefined ? null : decodeUser(row);
  }

  row(uid: number): Buffer | null {
    return this.#rows.get(uid) ?? null;
  }

  byUserId(userId: string): User | null {
    return this.all().find((user) => user.userId === userId) ?? null;
  }

  add(user: User): void {
    this.#rows.set(user.uid, encodeUser(user, this.size));
  }

  write(row: Buffer): void {
    this.#rows.set(row.readUInt16LE(0), Buffer.from(row));
  }

  remove(uid: number): boolean {
    return this.#rows.delete(uid);
  }

  clear(): void {
    this.#rows.clear();
  }

  rows(): Buffer {
    return Buffer.concat([...this.#rows.values(), ...this.#extraRows]);
  }
}
