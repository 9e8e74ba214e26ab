import { describe, expect, test } from "@jest/globals";

import { timesOf } from "../../../../connector/terminals/files/file-time.ts";

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe("the times of a file", () => {
  test.each([
    ["2026-11-23 07:55:10", "2026-11-23T07:55:10"],
    ["2026/11/23  07:55:10", "2026-11-23T07:55:10"],
    ["2026-1-5 7:05:00", "2026-01-05T07:05:00"],
    ["2024-02-29 23:59:59", "2024-02-29T23:59:59"],
    ["2023-02-29 23:59:59", null],
    ["2026-11-23", null],
    ["07:55:10", null],
    ["2026-11/23 07:55:10", null],
    ["", null],
  ])("%j is %j", (text, at) => {
    expect(timesOf([text])(text)).toBe(at);
  });

  test("with the year last have the order that one of them proves", () => {
    expect(timesOf(["03/04/2026 08:00:00", "23/11/2026 08:00:00"])("03/04/2026 08:00:00")).toBe("2026-04-03T08:00:00");
    expect(timesOf(["03/04/2026 08:00:00", "11/23/2026 08:00:00"])("03/04/2026 08:00:00")).toBe("2026-03-04T08:00:00");
  });

  test("that leave the order open are refused until somebody says it", () => {
    const sample = "03/04/2026 08:00:00";
    expect(codeOf(() => timesOf([sample]))).toMatchObject({ code: "import.date-order", details: { sample } });
    expect(timesOf([sample], "mdy")(sample)).toBe("2026-03-04T08:00:00");
    expect(timesOf([sample], "dmy")(sample)).toBe("2026-04-03T08:00:00");
  });

  test.each([
    [["23/11/2026 08:00:00", "11/23/2026 08:00:00"], undefined],
    [["23/11/2026 08:00:00"], "mdy" as const],
  ])("that contradict each other or what was said are refused", (texts, said) => {
    expect(codeOf(() => timesOf(texts, said))).toMatchObject({ code: "import.date-orders" });
  });
});
