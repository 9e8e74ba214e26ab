import { expect, test } from "@jest/globals";

import { fuzzLine, fuzzTables } from "./rounds.ts";

test("damaged tables are decoded to what they hold, or refused", () => {
  const { whole, refused } = fuzzTables(1_000, 1);

  expect(whole + refused).toBe(1_000);
  expect(Math.min(whole, refused)).toBeGreaterThan(0);
});

test("reads over a damaging line give the truth or an error", async () => {
  const { whole, refused } = await fuzzLine(12, 1);

  expect(whole + refused).toBe(12);
  expect(refused).toBeGreaterThan(0);
});
