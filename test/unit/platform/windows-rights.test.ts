import { writeFile } from "node:fs/promises";

import { describe, expect, test } from "@jest/globals";

import { letsOthersIn, windowsRights } from "../../../connector/platform/windows-rights.ts";

const OWN = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1004336348-1177238915-682003330-1001)";
const PROGRAM_DATA = "D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)";

describe("letsOthersIn", () => {
  test.each([
    ["only SYSTEM, Administrators and the user", OWN, false],
    ["what %ProgramData% hands down", PROGRAM_DATA, true],
    ["Everyone by number", "D:(A;;FR;;;S-1-1-0)", true],
    ["authenticated users", "D:P(A;;FA;;;SY)(A;;FR;;;AU)", true],
    ["a denial for Users", "D:P(D;;FA;;;BU)(A;;FA;;;SY)", false],
    ["an audit rule for Everyone", "D:P(A;;FA;;;SY)S:(AU;SAFA;FA;;;WD)", false],
    ["nobody at all", "D:P", false],
  ])("judges %s", (_what, sddl, expected) => {
    expect(letsOthersIn(`keys\r\n${sddl}\r\n`)).toBe(expected);
  });
});

describe("windowsRights", () => {
  test("leaves a folder to the user, SYSTEM and Administrators, without what it would inherit", async () => {
    const calls: unknown[] = [];
    const rights = windowsRights((...call) => Promise.resolve(calls.push(call)), "HR-PC\\lan");
    await rights.restrict("C:\\ProgramData\\Tandem\\keys");
    expect(calls).toEqual([
      [
        "icacls",
        [
          "C:\\ProgramData\\Tandem\\keys",
          "/inheritance:r",
          "/grant:r",
          "HR-PC\\lan:(OI)(CI)F",
          "*S-1-5-18:(OI)(CI)F",
          "*S-1-5-32-544:(OI)(CI)F",
          "/Q",
        ],
      ],
    ]);
  });

  test("reads the list that icacls saves, in UTF-16", async () => {
    const saving = (sddl: string) =>
      windowsRights((_file, args) => writeFile(args[2] ?? "", `keys\r\n${sddl}\r\n`, "utf16le"), "lan");
    expect(await saving(PROGRAM_DATA).othersCanRead("C:\\x")).toBe(true);
    expect(await saving(OWN).othersCanRead("C:\\x")).toBe(false);
  });

  test("passes on what icacls fails with, so that a key is never taken for safe", async () => {
    const failing = windowsRights(() => Promise.reject(new Error("Access is denied.")), "lan");
    await expect(failing.othersCanRead("C:\\x")).rejects.toThrow("Access is denied.");
  });
});
