import { describe, expect, test } from "@jest/globals";

import { readUserFile } from "../../../../connector/terminals/files/user-file.ts";
import { generateAmbiguousPeople } from "../../../doubles/zk-terminal/samples/people.ts";
import { encodeUser, type UserSize } from "../../../doubles/zk-terminal/wire/user-row.ts";
import { SAMPLE_ATTLOG, templatesOf10 } from "../../../support/punch-files.ts";

/** The samples of `formats.md` §3. */
const LONG = Buffer.from(
  "29000000000000000000004E677579656E2056616E20416E000000000000000000000000000000010000000000000000" +
    "3030303132000000000000000000000000000000000000002A000E00000000000000005472E1BAA76E205468E1BB8B20" +
    "42C3AC6E6800000000000087D61200010000000000000000313500000000000000000000000000000000000000000000",
  "hex",
);
const SHORT = Buffer.from(
  "2900000000000000414E00000000000000000000000100000C0000002A000E000000000042494E480000000087D61200" +
    "000100000F000000",
  "hex",
);

function ambiguous(size: UserSize): Buffer {
  return Buffer.concat(
    generateAmbiguousPeople(size === 28 ? 28 : 72).map(({ uid = 0, userId, name = "", card = 0 }) =>
      encodeUser(
        { uid, userId, name: Buffer.from(name), card, password: "", privilege: 0, group: 1, timeZones: [] },
        size,
      ),
    ),
  );
}

const codeOf = (file: string, bytes: Buffer): unknown => {
  try {
    return readUserFile(file, bytes);
  } catch (error) {
    return error;
  }
};

describe("a user.dat", () => {
  test("of a colour terminal names users by their IDs, not by their slots", () => {
    expect(readUserFile("user.dat", LONG)).toEqual([
      {
        userId: "00012",
        name: "Nguyen Van An",
        nameRaw: Buffer.from("Nguyen Van An".padEnd(24, "\0")).toString("hex"),
        card: null,
        privilege: 0,
        group: 1,
        fingers: [],
      },
      expect.objectContaining({ userId: "15", name: "Trần Thị Bình", card: "1234567", privilege: 14 }),
    ]);
  });

  test("of a black-and-white terminal as well", () => {
    expect(readUserFile("user.dat", SHORT)).toMatchObject([
      { userId: "12", name: "AN", card: null, privilege: 0, group: 1 },
      { userId: "15", name: "BINH", card: "1234567", privilege: 14, group: 1 },
    ]);
  });

  test.each([28, 72] as const)("of 504 bytes, which both row lengths divide, is read by %i", (size) => {
    const bytes = ambiguous(size);
    expect(bytes).toHaveLength(504);
    expect(readUserFile("user.dat", bytes)).toHaveLength(504 / size);
  });

  test("that some tools write as text is read by its keys; a line without an ID is none", () => {
    const text = "PIN=00012\tName=Trần Thị Bình\tPri=14\tCard=1234567\r\nName=?\r\nPIN=15\tName=\tPri=0\tCard=\r\n";
    expect(readUserFile("user.dat", Buffer.from(text))).toMatchObject([
      { userId: "00012", name: "Trần Thị Bình", card: "1234567", privilege: 14, group: 1 },
      { userId: "15", name: "", card: null, privilege: 0 },
    ]);
  });

  test("never shows a password", () => {
    const withPassword = Buffer.from(LONG);
    withPassword.write("987654", 3, "latin1");
    expect(JSON.stringify(readUserFile("user.dat", withPassword))).not.toContain("987654");
  });

  test.each([
    ["is cut off", LONG.subarray(0, -10)],
    ["holds punches", SAMPLE_ATTLOG],
    ["is empty", Buffer.alloc(0)],
  ])("that %s is refused", (_, bytes) => {
    expect(codeOf("user.dat", bytes)).toMatchObject({ code: "import.users-unreadable", details: { file: "user.dat" } });
  });

  test("that holds fingerprints is refused", () => {
    const bytes = templatesOf10([{ uid: 41, finger: 4, bytes: Buffer.alloc(1_214, 7) }]);
    expect(codeOf("user.dat", bytes)).toMatchObject({ code: "import.template-file" });
  });
});
