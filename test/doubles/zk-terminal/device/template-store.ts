/** A fingerprint template in its slot. */
export interface Template {
  readonly uid: number;
  /** 0…9 */
  readonly finger: number;
  /** 0 invalid, 1 valid, 3 duress (`zk-pull.md` §3.1). */
  readonly flag: number;
  readonly bytes: Buffer;
}

export class TemplateStore {
  readonly #slots = new Map<string, Template>();

  get count(): number {
    return this.#slots.size;
  }

  all(): readonly Template[] {
    return [...this.#slots.values()];
  }

  of(uid: number): readonly Template[] {
    return this.all().filter((template) => template.uid === uid);
  }

  get(uid: number, finger: number): Template | null {
    return this.#slots.get(slot(uid, finger)) ?? null;
  }

  put(template: Template): void {
    this.#slots.set(slot(template.uid, template.finger), template);
  }

  remove(uid: number, finger: number): boolean {
    return this.#slots.delete(slot(uid, finger));
  }

  removeAll(uid: number): void {
    for (const template of this.of(uid)) this.remove(uid, template.finger);
  }

  clear(): void {
    this.#slots.clear();
  }

  findEqual(bytes: Buffer): Template | null {
    return this.all().find((template) => template.bytes.equals(bytes)) ?? null;
  }

  /** Entries of the bulk read: u16 size of the entry, u16 uid, u8 finger, u8 flag, template (§3.1). */
  rows(): Buffer {
    return Buffer.concat(
      this.all().map(({ uid, finger, flag, bytes }) => {
        const head = Buffer.alloc(6);
        head.writeUInt16LE(head.length + bytes.length, 0);
        head.writeUInt16LE(uid, 2);
        head.writeUInt8(finger, 4);
        head.writeUInt8(flag, 5);
        return Buffer.concat([head, bytes]);
      }),
    );
  }
}

function slot(uid: number, finger: number): string {
  return `${uid}:${finger}`;
}
