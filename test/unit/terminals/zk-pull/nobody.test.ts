import { describe, expect, test } from "@jest/globals";

import { decodePunches } from "../../../../connector/terminals/zk-pull/codec/punches.ts";

/** One row of a person, a slot, or both. */
function row(size: 40 | 49, uid: number, userId: string): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt16LE(uid, 0);
  bytes.write(userId, 2, 24, "latin1");
  bytes.writeUInt8(1, 26);
  bytes.writeUInt32LE(0x2368b36b, 27);
  return bytes;
}

describe.each([40, 49] as const)("a row of %i bytes without a user ID", (size) => {
  test("is not given to the person whose user ID is the number of its slot", () => {
    const punches = decodePunches(Buffer.concat([row(size, 5, ""), row(size, 9, "5")]), size);

    expect(punches.map(({ userId }) => userId)).toEqual(["0", "5"]);
  });

  test("is a record of its own, told from those of other slots and of people", () => {
    const rows = [row(size, 5, ""), row(size, 6, ""), row(size, 9, "5"), row(size, 9, "0")];

    expect(new Set(decodePunches(Buffer.concat(rows), size).map(({ key }) => key)).size).toBe(4);
  });
});
