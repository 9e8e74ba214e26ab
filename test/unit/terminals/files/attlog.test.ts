import { describe, expect, test } from "@jest/globals";

import type { AttlogOptions } from "../../../../connector/terminals/files/attlog.ts";
import { readAttlog } from "../../../../connector/terminals/files/attlog.ts";
import { decodeText } from "../../../../connector/terminals/files/text-encoding.ts";
import { attlog, SAMPLE_ATTLOG } from "../../../support/punch-files.ts";

const read = (bytes: Buffer | string, options?: AttlogOptions) => readAttlog(decodeText(Buffer.from(bytes)), options);
/** What was read, as `user time state verify work`. */
const short = (bytes: Buffer | string, options?: AttlogOptions) =>
  read(bytes, options).punches.map(({ userId, at, state, verify, workCode }) =>
    [userId, at, state ?? "–", verify ?? "–", workCode ?? "–"].join(" "),
  );
const reasons = (bytes: Buffer | string) => read(bytes).rejected.map(({ line, field }) => `${line} ${field}`);

const SAMPLE = ["12 2026-11-23T07:55:10 0 1 0", "15 2026-11-23T07:58:11 255 15 0", "00018 2026-11-23T17:03:00 1 1 0"];

describe("an attlog", () => {
  test("is read as the vendor writes it, leading zeros kept", () => {
    expect(short(SAMPLE_ATTLOG)).toEqual(SAMPLE);
    expect(read(SAMPLE_ATTLOG)).toMatchObject({ rejected: [], warnings: [] });
  });

  test.each([
    ["LF only", "\n"],
    ["CR only", "\r"],
  ])("may have lines that end with %s", (_, end) => {
    expect(short(SAMPLE_ATTLOG.toString().replaceAll("\r\n", end))).toEqual(SAMPLE);
  });

  test.each([
    ["with a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), SAMPLE_ATTLOG])],
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${SAMPLE_ATTLOG.toString()}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(SAMPLE_ATTLOG.toString(), "utf16le")],
    ["big-endian UTF-16", Buffer.from(`\uFEFF${SAMPLE_ATTLOG.toString()}`, "utf16le").swap16()],
    ["padded with zero bytes", Buffer.concat([SAMPLE_ATTLOG, Buffer.alloc(512 - SAMPLE_ATTLOG.length)])],
    ["closed by old programs' end mark", Buffer.concat([SAMPLE_ATTLOG, Buffer.from("\u001A")])],
  ])("is the same %s", (_, bytes) => {
    expect(short(bytes)).toEqual(SAMPLE);
  });

  test("keeps IDs of letters and of 24 characters, and every code up to 255", () => {
    const userId = "A-12345678901234567890_Z";
    const rows = [
      { userId, at: "2000-01-01T00:00:00", state: 255, verify: 255 },
      { userId: "0", at: "2099-12-31T23:59:59" },
    ];
    expect(short(attlog(rows))).toEqual([`${userId} 2000-01-01T00:00:00 255 255 0`, "0 2099-12-31T23:59:59 0 1 0"]);
  });

  test("of few columns leaves the others open instead of taking them for 0", () => {
    expect(short("12\t2026-11-23 07:55:10\r\n")).toEqual(["12 2026-11-23T07:55:10 – – –"]);
    expect(short("12\t2026-11-23 07:55:10\t1\t0\r\n")).toEqual(["12 2026-11-23T07:55:10 0 – –"]);
  });

  test.each([
    ["spaces", "  12   2026-11-23 07:55:10   1   0   1   0"],
    ["single spaces", "12 2026-11-23 07:55:10 1 0 1 0"],
    ["commas", "12,2026-11-23 07:55:10,1,0,1,0"],
    ["commas and spaces", "12, 2026/11/23  07:55:10, 1, 0, 1, 0"],
  ])("may have %s instead of TABs", (_, line) => {
    expect(short(`${line}\n`)).toEqual(["12 2026-11-23T07:55:10 0 1 0"]);
  });

  test("names the devices it is from, except in the form that has none", () => {
    expect(read(SAMPLE_ATTLOG).devices).toEqual(["1"]);
    expect(read(SAMPLE_ATTLOG, { order: "push" }).devices).toEqual([]);
  });

  test("keeps columns that firmware appends out of the way", () => {
    expect(short("12\t2026-11-23 07:55:10\t1\t0\t1\t7\t0\t36.5\n")).toEqual(["12 2026-11-23T07:55:10 0 1 7"]);
  });

  test("that a push server saved has no device column", () => {
    const push = "12\t2026-11-23 07:55:10\t0\t1\t0\t0\n15\t2026-11-23 17:58:11\t1\t15\t0\t0\n";
    expect(short(push)).toEqual(["12 2026-11-23T07:55:10 0 1 0", "15 2026-11-23T17:58:11 1 15 0"]);
    expect(read(push).warnings).toEqual([]);
  });

  const cameOnly = "12\t2026-11-23 07:55:10\t0\t1\t0\t0\n15\t2026-11-23 07:58:11\t0\t1\t0\t0\n";
  test("whose third column may be a device or a state is read by nobody's guess", () => {
    expect(() => read(cameOnly)).toThrow(expect.objectContaining({ code: "import.column-order" }));
    expect(short(cameOnly, { order: "push" })[0]).toBe("12 2026-11-23T07:55:10 0 1 0");
    expect(short(cameOnly, { known: "push" })[0]).toBe("12 2026-11-23T07:55:10 0 1 0");
  });

  test("is not read in another order than the files before it", () => {
    const push = `${cameOnly}12\t2026-11-23 17:00:00\t1\t1\t0\t0\n`;
    const other = { code: "import.column-orders" };
    expect(() => read(push, { known: "vendor" })).toThrow(expect.objectContaining(other));
    expect(() => read(SAMPLE_ATTLOG, { known: "push", order: "vendor" })).toThrow(expect.objectContaining(other));
  });

  test("whose columns leave their order open is read as the vendor's, with a warning", () => {
    const mixed = attlog([
      { userId: "12", at: "2026-11-23T07:55:10", device: 1 },
      { userId: "15", at: "2026-11-23T07:58:11", device: 2 },
    ]);
    expect(read(mixed).warnings).toEqual([
      { code: "column-order", values: ["vendor: state 0, verify 1", "push: state 1, verify 0"] },
    ]);
    expect(short(mixed)[0]).toBe("12 2026-11-23T07:55:10 0 1 0");
    expect(read(mixed, { order: "vendor" }).warnings).toEqual([]);
    expect(short(mixed, { order: "push" })[0]).toBe("12 2026-11-23T07:55:10 1 0 1");
  });
});

describe("a damaged attlog", () => {
  test.each([
    ["no ID", "\t2026-11-23 07:55:10\t1\t0\t1\t0", "user_id"],
    ["an over-long ID", `${"1".repeat(25)}\t2026-11-23 07:55:10\t1\t0\t1\t0`, "user_id"],
    ["zero bytes in the ID", "1\u00002\t2026-11-23 07:55:10\t1\t0\t1\t0", "user_id"],
    ["no time", "12", "at"],
    ["a day that does not exist", "12\t2026-02-31 07:55:10\t1\t0\t1\t0", "at"],
    ["an hour that does not exist", "12\t2026-11-23 24:00:00\t1\t0\t1\t0", "at"],
    ["a year before 2000", "12\t1999-12-31 07:55:10\t1\t0\t1\t0", "at"],
    ["a year after 2099", "12\t2100-01-01 07:55:10\t1\t0\t1\t0", "at"],
    ["a time that is cut", "12\t2026-11-23 07:55:1", "at"],
    ["a state that is no code", "12\t2026-11-23 07:55:10\t1\tx\t1\t0", "state"],
    ["a verify code above a byte", "12\t2026-11-23 07:55:10\t1\t0\t256\t0", "verify"],
    ["columns cut off, so that a code may be as well", "12\t2026-11-23 07:55:10\t1\t0\t1", "columns"],
  ])("with %s is read but for that line, which is told with its field", (_, line, field) => {
    const whole = `${SAMPLE_ATTLOG.toString()}\r\n${line}`;
    expect(short(whole)).toEqual(SAMPLE);
    expect(reasons(whole)).toEqual([`5 ${field}`]);
  });

  test.each([1, 10, 20, 25, 33])("that is cut off %i bytes before its end loses the last line only", (bytes) => {
    const { punches, rejected } = read(SAMPLE_ATTLOG.subarray(0, -bytes));
    // The line's end and the work code tell no punch from another.
    const isWhole = bytes < 4;
    expect(punches).toHaveLength(isWhole ? 3 : 2);
    expect(rejected).toHaveLength(isWhole ? 0 : 1);
  });

  test.each(["12\t2026-11-23 07:55:10", "12\t2026-11-23 07:55:10\t1\t2", "12\t2026-11-23 07:55:10\t1\t0\t1"])(
    "of one line without an end, %j, is not taken for a whole one",
    (line) => {
      expect(reasons(line)).toEqual(["1 columns"]);
    },
  );

  test("of few columns keeps its last line without an end, where no code can have lost digits", () => {
    expect(short("12\t2026-11-23 07:55:10\r\n15\t2026-11-23 07:56:10")).toHaveLength(2);
    expect(reasons("12\t2026-11-23 07:55:10\t1\t255\r\n15\t2026-11-23 07:56:10\t1\t2")).toEqual(["2 columns"]);
  });

  test("in UTF-16 that ends in half a letter does not take it for a whole one", () => {
    const cut = Buffer.from(`\uFEFF${SAMPLE_ATTLOG.toString().trimEnd().slice(0, -8)}`, "utf16le").subarray(0, -1);
    expect(reasons(cut)).toEqual(["3 at"]);
  });

  test("shows nothing of what may be a piece of a template", () => {
    const piece = "TZlTUzIxAAAB".repeat(20);
    const { rejected } = read(`${SAMPLE_ATTLOG.toString()}${piece}\t2026-11-23 07:55:10\t1\t0\t1\t0\r\n`);
    expect(rejected).toMatchObject([{ line: 4, field: "user_id" }]);
    expect(JSON.stringify(rejected)).not.toContain("TZlTU");
  });

  test("shows what was found and what is wanted", () => {
    expect(read("12\t2026-02-31 07:55:10\n").rejected).toEqual([
      {
        line: 1,
        field: "at",
        raw: "12\t2026-02-31 07:55:10",
        reason: 'at: "2026-02-31 07:55:10" ≠ YYYY-MM-DD HH:mm:ss (2000–2099)',
      },
    ]);
  });
});
