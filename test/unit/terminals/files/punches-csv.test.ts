import { describe, expect, test } from "@jest/globals";

import { readPunchesCsv } from "../../../../connector/terminals/files/punches-csv.ts";

const HEADER = "terminal,id_space,user_id,at,verify,state";
const read = (text: string) => readPunchesCsv(Buffer.from(text));
const codeOf = (text: string | Buffer): unknown => {
  try {
    return readPunchesCsv(Buffer.from(text));
  } catch (error) {
    return error;
  }
};

describe("a punches CSV", () => {
  test("gives punches with their terminal, space and codes", () => {
    expect(read(`${HEADER}\nGate 1,main,00012,2026-11-23T07:55:10,1,255\n`)).toEqual({
      punches: [
        {
          line: 2,
          raw: "Gate 1,main,00012,2026-11-23T07:55:10,1,255",
          terminal: "Gate 1",
          idSpace: "main",
          userId: "00012",
          at: "2026-11-23T07:55:10",
          verify: 1,
          state: 255,
          workCode: null,
        },
      ],
      rejected: [],
      warnings: [],
      devices: [],
      encoding: "utf8",
    });
  });

  test("may name its rows, and leave open what it does not know", () => {
    const [punch] = read(`\uFEFF${HEADER},raw_id\r\n,,12,2026-11-23T07:55:10,,,serial:17\r\n`).punches;
    expect(punch).toMatchObject({ rawId: "serial:17", verify: null, state: null });
    expect(punch).not.toHaveProperty("terminal");
    expect(punch).not.toHaveProperty("idSpace");
  });

  test("takes back the apostrophe that keeps a spreadsheet from calculating", () => {
    expect(read(`${HEADER}\nGate,main,'=1+1,2026-11-23T07:55:10,1,0\n`).punches[0]?.userId).toBe("=1+1");
    expect(read(`${HEADER}\nGate,main,'12,2026-11-23T07:55:10,1,0\n`).punches[0]?.userId).toBe("'12");
  });

  test.each([
    ["no user ID", "Gate,main,,2026-11-23T07:55:10,1,0", "user_id"],
    ["a day that does not exist", "Gate,main,12,2026-02-30T07:55:10,1,0", "at"],
    ["a time with a space", "Gate,main,12,2026-11-23 07:55:10,1,0", "at"],
    ["a year before 2000", "Gate,main,12,1999-11-23T07:55:10,1,0", "at"],
    ["a year after 2099", "Gate,main,12,2100-11-23T07:55:10,1,0", "at"],
    ["a code that is none", "Gate,main,12,2026-11-23T07:55:10,finger,0", "verify"],
    ["a state above a byte", "Gate,main,12,2026-11-23T07:55:10,1,256", "state"],
    ["a name no terminal may have", "Gate/1,main,12,2026-11-23T07:55:10,1,0", "terminal"],
    ["too few columns", "Gate,main,12,2026-11-23T07:55:10", "verify"],
    ["too many columns", "Gate,main,12,2026-11-23T07:55:10,1,0,x", "7"],
  ])("with %s is read but for that row, which is told with its field", (_, row, field) => {
    const { punches, rejected } = read(`${HEADER}\n${row}\nGate,main,12,2026-11-23T07:55:10,1,0\n`);
    expect(punches).toHaveLength(1);
    expect(rejected).toMatchObject([{ line: 2, field, raw: row }]);
  });

  test("keeps the whole text of a row whose quotes hold a line end", () => {
    const row = 'Gate,"ma\nin",12,2026-11-23T07:55:10,1,0';
    const [first, second] = read(
      `${HEADER}\r\n${row.replace("\n", "\r\n")}\r\n\r\nGate,main,15,2026-11-23T07:55:10,1,0`,
    ).punches;
    expect(first).toMatchObject({ line: 2, raw: row });
    expect(second).toMatchObject({ line: 5, userId: "15" });
  });

  test("lists rejected rows in the file's order, whatever is wrong with them", () => {
    const { rejected } = read(`${HEADER}\nGate,main,,2026-11-23T07:55:10,1,0\nGate\nGate,main,1,x,1,0\n`);
    expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  test.each([
    ["a column missing", "terminal,user_id,at,verify,state\nGate,12,2026-11-23T07:55:10,1,0\n", "import.columns"],
    ["a strange column", `${HEADER},name\nGate,main,12,2026-11-23T07:55:10,1,0,An\n`, "import.columns"],
    ["no rows", `${HEADER}\n`, "import.empty"],
    ["a quote that is not closed", `${HEADER}\n"Gate,main,12,2026-11-23T07:55:10,1,0\n`, "import.row"],
    [
      "another encoding",
      Buffer.from(`${HEADER}\nCổng,main,12,2026-11-23T07:55:10,1,0\n`, "utf16le"),
      "import.encoding",
    ],
  ])("with %s is refused as a whole", (_, text, code) => {
    expect(codeOf(text)).toMatchObject({ code });
  });
});
