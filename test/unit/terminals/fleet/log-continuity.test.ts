import { describe, expect, it } from "@jest/globals";

import { compareLog, type LogMark, markOf } from "../../../../connector/terminals/fleet/log-continuity.ts";

const log = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ key: `punch ${from + index}` }));

/** A terminal that does not say how much it can hold. */
const compare = (known: LogMark, records: readonly { readonly key: string }[]) => compareLog(known, records, null);

describe("A log that is read again", () => {
  it("is unchanged when the same records are there", () => {
    expect(compare(markOf(log(1, 50)), log(1, 50))).toBe("unchanged");
    expect(compare(markOf([]), [])).toBe("unchanged");
  });

  it("has grown when there are more", () => {
    expect(compare(markOf(log(1, 50)), log(1, 51))).toBe("grown");
    expect(compare(markOf([]), log(1, 1))).toBe("grown");
  });

  it("was cleared by somebody else when it is shorter", () => {
    expect(compare(markOf(log(1, 50)), [])).toBe("cleared-by-other");
    expect(compare(markOf(log(1, 50)), log(1, 49))).toBe("cleared-by-other");
  });

  it("was cleared when it is longer but the old records are gone", () => {
    expect(compare(markOf(log(1, 50)), log(51, 200))).toBe("cleared-by-other");
  });

  it("was cleared when only the oldest record is gone", () => {
    expect(compare(markOf(log(1, 50)), log(2, 51))).toBe("cleared-by-other");
  });

  it("was cleared when one of two equal records at the end is gone", () => {
    const twice = [...log(1, 3), { key: "punch 3" }];
    expect(compare(markOf(twice), log(1, 9))).toBe("cleared-by-other");
  });

  it("is not taken for cleared because the terminal gives it in another order", () => {
    expect(compare(markOf(log(1, 50)), log(1, 50).reverse())).toBe("unchanged");
  });

  it("was not cleared when a full terminal made room by dropping its oldest records", () => {
    expect(compareLog(markOf(log(1, 100)), log(3, 102), 100)).toBe("overwrote-oldest");
    expect(compareLog(markOf(log(1, 100)), log(11, 101), 100)).toBe("overwrote-oldest");
  });

  it("was cleared when it is full and the newest records are gone too", () => {
    expect(compareLog(markOf(log(1, 100)), log(101, 200), 100)).toBe("cleared-by-other");
    expect(compareLog(markOf(log(1, 100)), [], 100)).toBe("cleared-by-other");
  });

  it("was cleared when its oldest records are gone although there was room", () => {
    expect(compareLog(markOf(log(1, 50)), log(3, 52), 100)).toBe("cleared-by-other");
  });
});
