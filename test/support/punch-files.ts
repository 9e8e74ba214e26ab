/** Invented USB files (`formats.md` §2–§5), byte for byte as terminals write them. */

interface AttlogRow {
  readonly userId: string;
  readonly at: string;
  readonly device?: number;
  readonly state?: number;
  readonly verify?: number;
  readonly workCode?: number;
}

/** `*_attlog.dat` in the vendor's order; `at` as the ledger writes it. */
export function attlog(rows: readonly AttlogRow[], end = "\r\n"): Buffer {
  const lines = rows.map(({ userId, at, device = 1, state = 0, verify = 1, workCode = 0 }) =>
    [userId.padStart(9), at.replace("T", " "), device, state, verify, workCode].join("\t"),
  );
  return Buffer.from(lines.map((line) => line + end).join(""));
}

/** The three lines of `formats.md` §2. */
export const SAMPLE_ATTLOG = attlog([
  { userId: "12", at: "2026-11-23T07:55:10" },
  { userId: "15", at: "2026-11-23T07:58:11", state: 255, verify: 15 },
  { userId: "00018", at: "2026-11-23T17:03:00", state: 1 },
]);

/** `AGL_001.DAT` of `formats.md` §5.2. */
export const SAMPLE_AGL_BINARY = Buffer.from(
  "5A6F75637147454E4C4F474461746103000000DEAD9632C000000093AE9632F00000002CB09632B20C0000",
  "hex",
);

/** A line of an AGL text for each row of cells. */
export function tabbed(rows: readonly (readonly string[])[], end = "\r\n"): string {
  return rows.map((cells) => cells.join("\t") + end).join("");
}

/** Records of `template.fp10`: the whole record's size, slot, finger, flag, data. */
export function templatesOf10(
  entries: readonly { uid: number; finger: number; flag?: number; bytes: Buffer }[],
): Buffer {
  return Buffer.concat(
    entries.map(({ uid, finger, flag = 1, bytes }) => {
      const head = Buffer.alloc(6);
      head.writeUInt16LE(bytes.length + 6, 0);
      head.writeUInt16LE(uid, 2);
      head.set([finger, flag], 4);
      return Buffer.concat([head, bytes]);
    }),
  );
}

/** Records of `template.dat`, 608 bytes each: the template's size, slot, finger, flag, data. */
export function templatesOf9(
  entries: readonly { uid: number; finger: number; flag?: number; bytes: Buffer }[],
): Buffer {
  return Buffer.concat(
    entries.map(({ uid, finger, flag = 1, bytes }) => {
      const record = Buffer.alloc(608);
      record.writeUInt16LE(bytes.length, 0);
      record.writeUInt16LE(uid, 2);
      record.set([finger, flag], 4);
      bytes.copy(record, 6);
      return record;
    }),
  );
}
