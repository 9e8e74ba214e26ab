import { describe, expect, test } from "@jest/globals";
import iconv from "iconv-lite";

import { readAglBinary } from "../../../../connector/terminals/files/agl-binary.ts";
import { readAglText } from "../../../../connector/terminals/files/agl-text.ts";
import type { FilePunches } from "../../../../connector/terminals/files/file-punch.ts";
import { decodeText } from "../../../../connector/terminals/files/text-encoding.ts";
import { SAMPLE_AGL_BINARY, tabbed } from "../../../support/punch-files.ts";

const read = (text: string, encoding = "utf8") =>
  readAglText(decodeText(iconv.encode(text, encoding, { addBOM: encoding !== "utf8" })), "AGL_001.TXT");
const short = ({ punches }: FilePunches) =>
  punches.map(({ userId, at, state, verify, direction }) =>
    [userId, at, state ?? "–", verify ?? "–", direction ?? "–"].join(" "),
  );
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

const H1 = tabbed([
  ["No", "TMNo", "EnNo", "Name", "INOUT", "Mode", "DateTime"],
  ["0", "1", "12", "An        ", "0", "8", "2026/11/23 07:55:10"],
  ["1", "1", "15", "          ", "1", "2", "2026/11/23 17:20:00"],
]);
const H2 = tabbed([
  ["No", "TMNo", "EnNo", "Name", "Mode", "INOUT", "DateTime"],
  ["0", "1", "12", "An        ", "8", "0", "2026/11/23 07:55:10"],
]);
const H3 = tabbed([
  ["No", "TMNo", "EnNo", "Name", "GMNo", "Mode", "DateTime"],
  ["0", "1", "12", "An        ", "1", "8", "2026/11/23 07:55:10"],
]);
const H4 = tabbed([
  ["No", "TMNo", "EnNo", "Name", "", "GMNo", "Mode", "IN/OUT", "Antipass", "DaiGong", "DateTime", "TR"],
  ["1", "1", "12", "an", "", "1", "1", "S", "0", "0", "2026-11-23  07:55:10", "Job In"],
  ["2", "1", "15", "binh", "", "1", "1", "F", "0", "0", "2026-11-23  17:20:00", "Job Out"],
]);
const H5 = tabbed([["0", "1", "12", "", "1", "8", "11/23/2026 07:55:10"]]);
const facts = (count: number) =>
  `# DeviceUID = TEST-AGL-0001\r\n# DataType = AttendLog\r\n# StartPos = 0, LogCount = ${count}, LimitPos = 200000\r\n`;

describe("an AGL text", () => {
  test.each(["utf8", "utf-16le", "utf-16be"])("in %s is found by its header's names", (encoding) => {
    expect(short(read(H1, encoding))).toEqual(["12 2026-11-23T07:55:10 0 8 –", "15 2026-11-23T17:20:00 1 2 –"]);
  });

  test("may have Mode and INOUT exchanged", () => {
    expect(short(read(H2))).toEqual(["12 2026-11-23T07:55:10 0 8 –"]);
  });

  test("without a direction leaves it open", () => {
    expect(short(read(H3))).toEqual(["12 2026-11-23T07:55:10 – 8 –"]);
  });

  test("keeps directions of unknown meaning, and counts them for whoever knows them", () => {
    expect(short(read(H4))).toEqual(["12 2026-11-23T07:55:10 – 1 S", "15 2026-11-23T17:20:00 – 1 F"]);
    expect(read(H4).warnings).toEqual([{ code: "unknown-directions", values: ["S × 1", "F × 1"] }]);
  });

  test("without a header is read by position, its two codes as one that nobody knows", () => {
    expect(short(read(H5))).toEqual(["12 2026-11-23T07:55:10 – – 1/8"]);
    expect(read(H5).warnings).toEqual([{ code: "unknown-codes", values: [] }]);
  });

  test("may have lines about the terminal before the header", () => {
    expect(short(read(facts(2) + H4))).toHaveLength(2);
    expect(read(facts(2) + H4).devices).toEqual(["TEST-AGL-0001", "1"]);
    expect(read(facts(2) + H4).punches.map(({ line }) => line)).toEqual([5, 6]);
  });

  test.each([1, 3])("that says %i punches where there are two was cut off", (count) => {
    expect(codeOf(() => read(facts(count) + H4))).toMatchObject({
      code: "import.cut-off",
      details: { got: 2, want: count },
    });
  });

  test("is read but for its damaged lines, which are told with their fields", () => {
    const damaged = `${H1}2\t1\t\tAn\t0\t8\t2026/11/23 07:55:10\r\n3\t1\t12\tAn\t0\t8\t2026/13/23 07:55:10\r\n4\t1\t12\tAn\t0`;
    const { punches, rejected } = read(damaged);
    expect(punches).toHaveLength(2);
    expect(rejected.map(({ line, field }) => `${line} ${field}`)).toEqual(["4 EnNo", "5 DateTime", "6 DateTime"]);
  });

  test("with a time under another name is found by its form", () => {
    expect(short(read(H1.replace("DateTime", "Thời gian"), "utf-16le"))).toHaveLength(2);
  });
});

describe("the binary twin of an AGL text", () => {
  test("is read to the second, with IDs above 15", () => {
    expect(short(readAglBinary(SAMPLE_AGL_BINARY))).toEqual([
      "12 2026-11-23T07:55:10 – 8 –",
      "15 2026-11-23T07:58:11 – 8 –",
      "203 2026-11-23T08:05:00 – 2 –",
    ]);
  });

  test("knows no directions and says so", () => {
    expect(readAglBinary(SAMPLE_AGL_BINARY).warnings).toEqual([{ code: "prefer-text", values: [] }]);
  });

  test.each([1, 8, 20, 30])("that lacks its last %i bytes was cut off", (bytes) => {
    expect(codeOf(() => readAglBinary(SAMPLE_AGL_BINARY.subarray(0, -bytes)))).toMatchObject({
      code: "import.cut-off",
    });
  });

  test("rejects a record of another layout, and a year after 2099", () => {
    const other = Buffer.from(SAMPLE_AGL_BINARY);
    other.writeUInt16LE(7, 19 + 6);
    other.writeUInt32LE(0xffff_ffff, 19 + 8);
    const { punches, rejected } = readAglBinary(other);
    expect(punches).toHaveLength(1);
    expect(rejected.map(({ line, field }) => `${line} ${field}`)).toEqual(["1 reserved", "2 DateTime"]);
  });
});
