import { describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { readIdsFile } from "../../../connector/people/ids-file.ts";
import { readPeopleFile } from "../../../connector/people/people-file.ts";

const PEOPLE = "person_id,name,department,branch,status,joined,left\n";
const IDS = "id_space,user_id,person_id,scheme,valid_from,valid_to\n";

function failure(work: () => unknown): { code: string; details: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof TandemError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error("it did not fail");
}

describe("a people file", () => {
  test("gives people, with null for what is empty", () => {
    expect(readPeopleFile(`${PEOPLE}HR-EMP-00001,Trần Thị Bình,,,active,2024-02-29,\n`)).toEqual([
      {
        personId: "HR-EMP-00001",
        name: "Trần Thị Bình",
        department: null,
        branch: null,
        status: "active",
        joined: "2024-02-29",
        left: null,
      },
    ]);
  });

  test("has its names composed, whatever program wrote them", () => {
    const [person] = readPeopleFile(`${PEOPLE}1,${"Nguyễn".normalize("NFD")},,,active,,`);
    expect(person?.name).toBe("Nguyễn".normalize("NFC"));
  });

  test.each([
    ["no person ID", ",An,,,active,,", "person_id"],
    ["no name", "1,,,,active,,", "name"],
    ["an over-long name", `1,${"x".repeat(301)},,,active,,`, "name"],
    ["an over-long department", `1,An,${"x".repeat(141)},,active,,`, "department"],
    ["an unknown status", "1,An,,,Active,,", "status"],
    ["no status", "1,An,,,,,", "status"],
    ["a date in another form", "1,An,,,active,01/02/2026,", "joined"],
    ["a day that does not exist", "1,An,,,left,,2026-02-30", "left"],
    ["a leaving before the joining", "1,An,,,left,2026-02-02,2026-02-01", "left"],
  ])("with %s is refused with line and column", (_, row, field) => {
    expect(failure(() => readPeopleFile(`${PEOPLE}0,Ok,,,active,,\n${row}\n`))).toMatchObject({
      code: "import.row",
      details: { line: 3, field },
    });
  });

  test("that names a person twice is refused with both lines", () => {
    expect(failure(() => readPeopleFile(`${PEOPLE}1,An,,,active,,\n2,Ba,,,active,,\n1,An,,,left,,\n`))).toEqual({
      code: "import.duplicate-row",
      details: { line: 4, first: 2 },
    });
  });
});

describe("an ids file", () => {
  test("gives links with their lines", () => {
    expect(readIdsFile(`${IDS}HN,007,HR-EMP-00001,old,2026-01-01,\n`)).toEqual([
      {
        line: 2,
        link: {
          idSpace: "HN",
          userId: "007",
          personId: "HR-EMP-00001",
          scheme: "old",
          validFrom: "2026-01-01",
          validTo: null,
        },
      },
    ]);
  });

  test.each([
    ["no ID space", ",1,P,new,,", "id_space"],
    ["no user ID", "HN,,P,new,,", "user_id"],
    ["an over-long user ID", `HN,${"1".repeat(65)},P,new,,`, "user_id"],
    ["no person", "HN,1,,new,,", "person_id"],
    ["an unknown scheme", "HN,1,P,newer,,", "scheme"],
    ["an impossible day", "HN,1,P,new,2026-13-01,", "valid_from"],
    ["an end before its beginning", "HN,1,P,new,2026-02-02,2026-02-01", "valid_to"],
  ])("with %s is refused with line and column", (_, row, field) => {
    expect(failure(() => readIdsFile(`${IDS}${row}\n`))).toMatchObject({
      code: "import.row",
      details: { line: 2, field },
    });
  });

  test("that repeats a link is refused with both lines", () => {
    expect(failure(() => readIdsFile(`${IDS}HN,1,P,new,,\nHN,1,P,new,,\n`))).toEqual({
      code: "import.duplicate-row",
      details: { line: 3, first: 2 },
    });
  });
});
