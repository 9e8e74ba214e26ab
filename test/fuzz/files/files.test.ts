import { expect, test } from "@jest/globals";

import { fuzzFiles } from "./rounds.ts";

test("damaged files are read as what they hold, or refused", () => {
  const { whole, refused } = fuzzFiles(3_000, 1);

  expect(whole + refused).toBe(3_000);
  expect(Math.min(whole, refused)).toBeGreaterThan(0);
});
