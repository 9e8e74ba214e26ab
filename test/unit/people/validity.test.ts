import { describe, expect, test } from "@jest/globals";

import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { overlaps } from "../../../connector/people/validity.ts";

const span = ([from, to]: readonly [string, string]) => ({
  validFrom: from === "" ? null : LocalDate.parse(from),
  validTo: to === "" ? null : LocalDate.parse(to),
});

describe("two links of one ID", () => {
  test.each([
    ["both open", ["", ""], ["", ""], true],
    ["one open", ["", ""], ["2026-01-01", "2026-01-01"], true],
    ["sharing their edge day", ["", "2026-01-31"], ["2026-01-31", ""], true],
    ["meeting without a day in common", ["", "2026-01-31"], ["2026-02-01", ""], false],
    ["one inside the other", ["2026-01-01", "2026-12-31"], ["2026-06-01", "2026-06-30"], true],
    ["far apart", ["2026-01-01", "2026-01-02"], ["2026-06-01", "2026-06-30"], false],
    ["both open at the end", ["2026-01-01", ""], ["2030-01-01", ""], true],
  ] as const)("%s", (_, a, b, expected) => {
    expect(overlaps(span(a), span(b))).toBe(expected);
    expect(overlaps(span(b), span(a))).toBe(expected);
  });
});
