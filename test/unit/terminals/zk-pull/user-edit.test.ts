import { expect, test } from "@jest/globals";

import {
  editUserRow,
  isSuperAdmin,
  newUserRow,
  passwordFieldOf,
} from "../../../../connector/terminals/zk-pull/codec/user-edit.ts";

const SIZES = [28, 72] as const;

/** A row in which every byte says where it is. */
function marked(size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, at) => 0x80 + at));
}

function changed(before: Buffer, after: Buffer): readonly number[] {
  return [...before.keys()].filter((at) => before[at] !== after[at]);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

test.each([
  [28, { nameField: Buffer.alloc(8) }, range(8, 16)],
  [72, { nameField: Buffer.alloc(24) }, range(11, 35)],
  [28, { card: 0 }, range(16, 20)],
  [72, { card: 0 }, range(35, 39)],
  [28, { group: 5 }, [21]],
  [72, { group: 5 }, [39]],
  [28, { passwordField: Buffer.alloc(5) }, range(3, 8)],
  [72, { passwordField: Buffer.alloc(8) }, range(3, 11)],
  [72, { privilege: 14 }, [2]],
  [72, {}, []],
] as const)("in %i bytes %j changes only its own bytes", (size, edit, places) => {
  const row = marked(size);
  expect(changed(row, editUserRow(row, edit))).toEqual(places);
  expect(row).toEqual(marked(size));
});

test("level and disabled bit change alone, unknown bits stay", () => {
  const row = marked(72);
  row[2] = 0b1101_0111;
  expect(editUserRow(row, { privilege: 0 })[2]).toBe(0b1101_0001);
  expect(editUserRow(row, { privilege: 14 })[2]).toBe(0b1101_1111);
  expect(editUserRow(row, { disabled: false })[2]).toBe(0b1101_0110);
});

test("cards use all 32 bits", () => {
  expect(editUserRow(Buffer.alloc(72), { card: 0xffff_ffff }).readUInt32LE(35)).toBe(0xffff_ffff);
});

test.each(SIZES)("a new row of %i bytes has group 1, no password and no time zones", (size) => {
  const row = newUserRow(size, 65_534, "42", {});
  const wanted = Buffer.alloc(size);
  wanted.writeUInt16LE(65_534, 0);
  wanted[size === 28 ? 21 : 39] = 1;
  if (size === 28) wanted.writeUInt32LE(42, 24);
  else wanted.write("42", 48);
  expect(row).toEqual(wanted);
});

test("a password travels as it is, with what stands behind its NUL", () => {
  expect(passwordFieldOf(marked(72))).toEqual(marked(72).subarray(3, 11));
  expect(passwordFieldOf(marked(28))).toEqual(marked(28).subarray(3, 8));
});

test("a disabled super-admin is one all the same", () => {
  expect([0, 2, 6, 14, 15].map((level) => isSuperAdmin(editUserRow(Buffer.alloc(72).fill(level, 2, 3), {})))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

test.each([{ group: 0 }, { group: 100 }, { nameField: Buffer.alloc(8) }, { passwordField: Buffer.alloc(9) }])(
  "%j is not written",
  (edit) => {
    expect(() => editUserRow(Buffer.alloc(72), edit)).toThrow(RangeError);
  },
);

test("a row of another length is not touched", () => {
  expect(() => editUserRow(Buffer.alloc(120), {})).toThrow(RangeError);
});
