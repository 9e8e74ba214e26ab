import { TandemError } from "@tandem/contracts/errors.ts";

/** One fingerprint template of the bulk read (`zk-pull.md` §3.1). */
export interface TemplateEntry {
  readonly uid: number;
  readonly finger: number;
  /** 0 invalid, 1 valid, 3 duress. */
  readonly flag: number;
  readonly template: Buffer;
}

const HEAD = 6;
/** Some firmware pads what it answers to a single read (`zk-pull.md` §3.1). */
const PADDING = Buffer.alloc(6);

/** Walks the entries. A size that cannot be is an error: other clients loop for ever on it. Errors: `terminal.incomplete`. */
export function decodeTemplates(table: Buffer): readonly TemplateEntry[] {
  const entries: TemplateEntry[] = [];
  for (let at = 0; at < table.length;) {
    const size = at + HEAD <= table.length ? table.readUInt16LE(at) : 0;
    if (size <= HEAD || at + size > table.length)
      throw new TandemError("terminal.incomplete", { got: table.length - at, want: size });
    entries.push({
      uid: table.readUInt16LE(at + 2),
      finger: table.readUInt8(at + 4),
      flag: table.readUInt8(at + 5),
      template: table.subarray(at + HEAD, at + size),
    });
    at += size;
  }
  return entries;
}

/**
 * Whether two readings are of one template. A single read may come with six zero bytes behind it; whether these are the
 * template's own only the other reading can tell, so they are never cut off and only passed over here.
 */
export function isSameTemplate(one: Uint8Array, other: Uint8Array): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const extra = Buffer.from(long.subarray(short.length));
  const isPadding = extra.length === 0 || extra.equals(PADDING);
  return isPadding && Buffer.from(long.subarray(0, short.length)).equals(short);
}
