import { describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { readCsvTable } from "../../../connector/people/csv-table.ts";
import { decodeCsv } from "../../../connector/people/csv-text.ts";

const COLUMNS = ["a", "b", "c"] as const;
const read = (text: string) => readCsvTable(text, COLUMNS);

function failure(work: () => unknown): { code: string; details: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof TandemError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error("it did not fail");
}

describe("an interchange file", () => {
  test("is read by the names in its header, in any order", () => {
    expect(read("c,a,b\n3,1,2\n")).toEqual([{ line: 2, values: { a: "1", b: "2", c: "3" } }]);
  });

  test("may begin with a byte order mark, end lines as Windows does, and quote as RFC 4180 says", () => {
    const rows = read('\ufeffa,b,c\r\n" Nguyễn, Văn ","say ""hi""",\r\n');
    expect(rows.map(({ values }) => values)).toEqual([{ a: "Nguyễn, Văn", b: 'say "hi"', c: "" }]);
  });

  test("keeps zeros at the beginning of a value", () => {
    expect(read("a,b,c\n0012,,")[0]?.values.a).toBe("0012");
  });

  test("tells the line on which each row begins, over blank lines and line breaks in quotes", () => {
    expect(read('a,b,c\r\n"x\r\ny",1,2\r\n\r\n,,\r\n3,4,5').map(({ line }) => line)).toEqual([2, 6]);
  });

  test("without rows is refused", () => {
    expect(failure(() => read("")).code).toBe("import.empty");
    expect(failure(() => read("a,b,c\r\n\r\n,,\r\n")).code).toBe("import.empty");
  });

  test("that lacks a column is refused with the column's name", () => {
    expect(failure(() => read("a,b\n1,2"))).toEqual({
      code: "import.columns",
      details: { field: "c", line: 1, expected: "a,b,c" },
    });
  });

  test("with an unknown column is refused with the column's name", () => {
    expect(failure(() => read("a,b,c,d\n1,2,3,4")).details).toMatchObject({ field: "d", line: 1 });
  });

  test("that names a column twice is refused", () => {
    expect(failure(() => read("a,b,c,a\n1,2,3,4")).details).toMatchObject({ field: "a" });
  });

  test("with semicolons is refused with the column it lacks", () => {
    expect(failure(() => read("a;b;c\n1;2;3"))).toMatchObject({ code: "import.columns", details: { field: "a" } });
  });

  test.each([
    ["too few", "a,b,c\n1,2,3\n1,2", { line: 3, field: "c" }],
    ["too many", "a,b,c\n1,2,3,4", { line: 2, field: 4 }],
    ["an open quote among its", 'a,b,c\n1,2,3\n1,"2,3', { line: 3, field: 2 }],
    ["a quote inside one of its", 'a,b,c\n1,2"2,3', { line: 2, field: 2 }],
  ])("with %s values in a row is refused with line and column", (_, text, details) => {
    expect(failure(() => read(text))).toMatchObject({ code: "import.row", details });
  });

  test("that was decoded wrongly is refused with the first such line", () => {
    expect(failure(() => read("a,b,c\n1,2,3\n1,\ufffd,3"))).toEqual({ code: "import.encoding", details: { line: 3 } });
    expect(failure(() => read("a\u0000,\u0000b"))).toEqual({ code: "import.encoding", details: { line: 1 } });
  });

  test("of more than 16 MB is refused", () => {
    expect(failure(() => read(`a,b,c\n${"1,2,3\n".repeat(3_000_000)}`))).toEqual({
      code: "import.too-large",
      details: { limit: 16 },
    });
  });
});

describe("the bytes of an interchange file", () => {
  test("are UTF-8, with or without a byte order mark", () => {
    expect(decodeCsv(Buffer.from("\ufefftên"))).toBe("tên");
    expect(decodeCsv(Buffer.from("tên"))).toBe("tên");
  });

  test("that are not UTF-8 are refused with the line", () => {
    const bytes = Buffer.concat([Buffer.from("a,b\n1,"), Buffer.from([0xea]), Buffer.from("\n")]);
    expect(failure(() => decodeCsv(bytes))).toEqual({ code: "import.encoding", details: { line: 2 } });
  });
});
