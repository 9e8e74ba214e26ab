import { describe, expect, test } from "@jest/globals";

import { readPunchFile } from "../../../../connector/terminals/files/read-punch-file.ts";
import { generatePeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { encodeUser, type UserSize } from "../../../doubles/zk-terminal/wire/user-row.ts";
import {
  attlog,
  SAMPLE_AGL_BINARY,
  SAMPLE_ATTLOG,
  tabbed,
  templatesOf10,
  templatesOf9,
} from "../../../support/punch-files.ts";

type Format = Parameters<typeof readPunchFile>[0]["format"];

const read = (file: string, bytes: Buffer | string, format: Format = "auto") =>
  readPunchFile({ file, bytes: Buffer.from(bytes), format });
const codeOf = (file: string, bytes: Buffer | string, format: Format = "auto"): unknown => {
  try {
    return read(file, bytes, format);
  } catch (error) {
    return error;
  }
};
const AGL = tabbed([
  ["No", "TMNo", "EnNo", "Name", "INOUT", "Mode", "DateTime"],
  ["0", "1", "12", "An", "0", "8", "2026/11/23 07:55:10"],
]);
const CSV = "terminal,id_space,user_id,at,verify,state\nGate,main,12,2026-11-23T07:55:10,1,0\n";
const users = (count: number, size: UserSize) =>
  Buffer.concat(
    generatePeople(count).map((user) => encodeUser({ ...user, name: Buffer.from(user.name), timeZones: [] }, size)),
  );
const finger = Buffer.alloc(1_214, 7);

describe("a file of punches", () => {
  test.each([
    ["1_attlog.dat", SAMPLE_ATTLOG, "attlog"],
    ["anything.txt", SAMPLE_ATTLOG, "attlog"],
    ["AGL_001.TXT", Buffer.from(`\uFEFF${AGL}`, "utf16le"), "agl"],
    ["GLG_001.TXT", Buffer.from(AGL), "glg"],
    ["AGL_001.DAT", SAMPLE_AGL_BINARY, "agl"],
    ["punches.csv", Buffer.from(CSV), "csv"],
    ["1_attlog.dat", Buffer.from(CSV), "csv"],
  ])("named %s is known by its content", (file, bytes, format) => {
    expect(read(file, bytes)).toMatchObject({ format, rejected: [] });
  });

  test("of 20,000 rows is read whole", () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      userId: String(index % 300),
      at: new Date(Date.UTC(2026, 0, 1) + index * 61_000).toISOString().slice(0, 19),
    }));
    expect(read("1_attlog.dat", attlog(rows)).punches).toHaveLength(20_000);
  });

  test.each([
    ["nothing", ""],
    ["spaces and line ends", " \r\n\r\n"],
    ["a header only", AGL.split("\r\n")[0] ?? ""],
  ])("with %s in it is empty", (_, bytes) => {
    expect(codeOf("x.dat", bytes)).toMatchObject({ code: "import.empty" });
  });

  test.each([
    ["a letter", "Dear Sir,\nhere is the file.\n"],
    ["a spreadsheet", Buffer.from("504b0304140006000800", "hex")],
    ["a CSV of another program", "ID;Name;Time\n12;An;23/11/2026 07:55\n"],
  ])("that is %s is refused", (_, bytes) => {
    expect(codeOf("x.dat", bytes)).toMatchObject({ code: "import.unknown-format", details: { file: "x.dat" } });
  });

  test("is not taken for another format than its bytes prove", () => {
    expect(codeOf("AGL_001.DAT", SAMPLE_AGL_BINARY, "attlog")).toMatchObject({ code: "import.unknown-format" });
  });
});

describe("a file with fingerprints or faces is refused, whatever it is called", () => {
  const records10 = templatesOf10([
    { uid: 41, finger: 4, bytes: finger },
    { uid: 41, finger: 5, bytes: finger },
  ]);
  const records9 = templatesOf9([{ uid: 41, finger: 6, bytes: Buffer.alloc(498, 7) }]);
  const face = Buffer.alloc(2_576 * 2, 1);
  face.writeUInt16LE(2_576, 0);
  const base64 = `PIN=12\tFID=6\tTMP=${finger.toString("base64")}\r\n`;
  test.each([
    ["algorithm 10", "1_attlog.dat", records10],
    ["algorithm 10, cut off", "1_attlog.dat", records10.subarray(0, 700)],
    ["algorithm 9", "1_attlog.dat", records9],
    ["faces", "1_attlog.dat", face],
    ["base64", "1_attlog.dat", Buffer.from(base64.repeat(3))],
    ["base64 in UTF-16", "1_attlog.dat", Buffer.from(`\uFEFF${base64.repeat(3)}`, "utf16le")],
    ["hexadecimal digits", "x.txt", Buffer.from(`${finger.toString("hex")}\n`)],
    ["an enrolment of AGL terminals", "AGL_001.DAT", Buffer.from("ZoucqEnrollData\u0001\u0000")],
    ["a face of AGL terminals", "x", Buffer.from("ZoucqFaceEnData\u0001\u0000")],
    ["its name", "template.dat", SAMPLE_ATTLOG],
    ["its name", "TEMPLATE.FP10.1", SAMPLE_ATTLOG],
    ["its name", "ssrface7.dat", SAMPLE_ATTLOG],
  ])("(%s)", (_, file, bytes) => {
    expect(codeOf(file, bytes)).toMatchObject({ code: "import.template-file", details: { file } });
    expect(codeOf(file, bytes, "attlog")).toMatchObject({ code: "import.template-file" });
  });

  test("but an attlog is not, because of a word in its name", () => {
    expect(read("FACE2_attlog.dat", SAMPLE_ATTLOG)).toMatchObject({ format: "attlog" });
  });
});

describe("other files of a USB export are told from punches", () => {
  test.each([
    ["user.dat", users(3, 72), "import.users-file"],
    ["1_attlog.dat", users(3, 28), "import.users-file"],
    ["user.dat", "PIN=12\tName=An\tPri=0\n", "import.users-file"],
    ["sms.dat", Buffer.alloc(332, "Họp lúc 9 giờ"), "import.not-needed"],
    ["udata.dat", Buffer.from("0c0001000f000100", "hex"), "import.not-needed"],
  ])("%s", (file, bytes, code) => {
    expect(codeOf(file, bytes)).toMatchObject({ code, details: { file } });
  });
});
