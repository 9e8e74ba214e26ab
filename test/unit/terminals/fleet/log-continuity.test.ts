import { describe, expect, it } from "@jest/globals";

import { compareLog, markOf } from "../../../../connector/terminals/fleet/log-continuity.ts";

const log = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ key: `punch ${from + index}` }));

describe("A log that is read again", () => {
  it("is unchanged when the same records are there", () => {
    expect(compareLog(markOf(log(1, 50)), log(1, 50))).toBe("unchanged");
    expect(compareLog(markOf([]), [])).toBe("unchanged");
  });

  it("has grown when there are more", () => {
    expect(compareLog(markOf(log(1, 50)), log(1, 51))).toBe("grown");
    expect(compareLog(markOf([]), log(1, 1))).toBe("grown");
  });

  it("was cleared by somebody else when it is shorter", () => {
    expect(compareLog(markOf(log(1, 50)), [])).toBe("cleared-by-other");
    expect(compareLog(markOf(log(1, 50)), log(1, 49))).toBe("cleared-by-other");
  });

  it("was cleared when it is longer but the old records are gone", () => {
    expect(compareLog(markOf(log(1, 50)), log(51, 200))).toBe("cleared-by-other");
  });

  it("was cleared when only the oldest record is gone", () => {
    expect(compareLog(markOf(log(1, 50)), log(2, 51))).toBe("cleared-by-other");
  });

  it("was cleared when one of two equal records at the end is gone", () => {
    const twice = [...log(1, 3), { key: "punch 3" }];
    expect(compareLog(markOf(twice), log(1, 9))).toBe("cleared-by-other");
  });

  it("is not taken for cleared because the terminal gives it in another order", () => {
    expect(compareLog(markOf(log(1, 50)), log(1, 50).reverse())).toBe("unchanged");
  });
});
