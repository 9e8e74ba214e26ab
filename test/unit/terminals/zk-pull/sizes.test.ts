import { describe, expect, test } from "@jest/globals";

import { decodeFreeSizes } from "../../../../connector/terminals/zk-pull/codec/free-sizes.ts";
import { detectPunchSize } from "../../../../connector/terminals/zk-pull/codec/punch-size.ts";
import { detectUserSize, guessUserSize } from "../../../../connector/terminals/zk-pull/codec/user-size.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../../../doubles/zk-terminal/samples/punches.ts";
import { encodeDeviceTime } from "../../../doubles/zk-terminal/wire/device-time.ts";
import { encodePunches, type PunchSize } from "../../../doubles/zk-terminal/wire/punch-row.ts";
import { encodeUser, type UserSize } from "../../../doubles/zk-terminal/wire/user-row.ts";

const people = generatePeople(100);
const LATEST = encodeDeviceTime("2027-01-01T00:00:00");

function log(size: PunchSize, count: number, damaged = 0): Buffer {
  const rows = generatePunches(4, { people, count }).map(({ userId, at, verify, state }, index) => ({
    ...{ uid: Number(userId), userId, verify: verify ?? 1, state: state ?? 0, workCode: 0 },
    time: index < damaged ? 0xffff_ffff : encodeDeviceTime(at),
  }));
  return encodePunches(rows, size);
}

function table(size: UserSize, count: number): Buffer {
  return Buffer.concat(
    generatePeople(count).map((user) => encodeUser({ ...user, name: Buffer.from(user.name), timeZones: [] }, size)),
  );
}

describe("the length of punch rows", () => {
  const SIZES = [8, 16, 40, 49] as const;
  // Logs that several lengths divide.
  const COUNTS = [1, 2, 5, 10, 40, 49, 392, 1_960];

  test.each(SIZES.flatMap((size) => COUNTS.map((count) => [size, count] as const)))(
    "is %i for %i rows, with a count, without, and with a wrong one",
    (size, count) => {
      const bytes = log(size, count);

      for (const claimed of [count, null, 0, count + 1, count * 2, Math.ceil(count / 2)])
        expect(detectPunchSize(bytes, { count: claimed, latest: LATEST })).toBe(size);
    },
  );

  test.each(COUNTS)("is not known for %i rows of 22 bytes", (count) => {
    for (const claimed of [count, null])
      expect(detectPunchSize(log(22, count), { count: claimed, latest: LATEST })).toBeNull();
  });

  test("is known by the count when a dead battery spoiled the times", () => {
    expect(detectPunchSize(log(40, 10, 5), { count: 10, latest: LATEST })).toBe(40);
  });

  test("is believed with two spoiled rows of a hundred, not with three", () => {
    expect(detectPunchSize(log(40, 100, 2), { count: null, latest: LATEST })).toBe(40);
    expect(detectPunchSize(log(40, 100, 3), { count: null, latest: LATEST })).toBeNull();
  });

  test.each([0xff, 0x20])("is not known for bytes of %i", (byte) => {
    const bytes = Buffer.alloc(40 * 49 * 16, byte);

    for (const count of [null, 49 * 16]) expect(detectPunchSize(bytes, { count, latest: LATEST })).toBeNull();
  });

  test("is not known where no length divides", () => {
    expect(detectPunchSize(Buffer.concat([log(40, 10), Buffer.alloc(1)]), { count: 10, latest: LATEST })).toBeNull();
  });
});

describe("the length of user rows", () => {
  test.each(([28, 72] as const).flatMap((size) => [1, 2, 7, 18, 36, 100].map((count) => [size, count] as const)))(
    "is %i for %i rows, whatever the count says",
    (size, count) => {
      for (const claimed of [count, null, 0, count * 2, Math.ceil(count / 2)])
        expect(detectUserSize(table(size, count), claimed)).toBe(size);
    },
  );

  test.each([1, 3, 7, 21, 63])("is not known for %i rows of 120 bytes", (count) => {
    const bytes = table(120, count);

    expect(detectUserSize(bytes, count)).toBeNull();
    expect([guessUserSize(bytes, count), guessUserSize(bytes, null)]).toEqual([120, 120]);
  });

  test("is not known when slots repeat", () => {
    const [row] = [table(72, 1)];

    expect(detectUserSize(Buffer.concat([row, row]), 2)).toBeNull();
  });
});

describe("free sizes", () => {
  function answer(length: number): Buffer {
    const data = Buffer.alloc(length);
    for (let at = 0; at + 4 <= length; at += 4) data.writeInt32LE(at, at);
    return data;
  }

  test("of 80 bytes have no faces", () => {
    expect(decodeFreeSizes(answer(80))).toEqual({
      ...{ users: 16, userCapacity: 60, fingers: 24, fingerCapacity: 56 },
      ...{ faces: null, faceCapacity: null, punches: 32, punchCapacity: 64 },
    });
  });

  test("of 92 bytes have them", () => {
    expect(decodeFreeSizes(answer(92))).toMatchObject({ users: 16, faces: 80, faceCapacity: 88 });
  });

  test.each([0, 4, 79, 120])("of %i bytes say nothing", (length) => {
    expect(Object.values(decodeFreeSizes(answer(length)))).toEqual(new Array(8).fill(null));
  });

  test("that are all zero say nothing of users and punches", () => {
    expect(decodeFreeSizes(Buffer.alloc(92))).toMatchObject({ users: null, punches: null, fingers: null });
  });

  test("with negative numbers are no counts", () => {
    const data = answer(92);
    data.writeInt32LE(-1, 32);

    expect(decodeFreeSizes(data).punches).toBeNull();
  });
});
