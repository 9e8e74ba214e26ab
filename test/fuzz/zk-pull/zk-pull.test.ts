import { expect, test } from "@jest/globals";

import { fuzzLine, fuzzStreams, fuzzTables } from "./rounds.ts";

test("damaged streams give the same packets and stray bytes whatever their segments are, and lose none", () => {
  const { whole, refused } = fuzzStreams(5_000, 1);

  expect(whole + refused).toBe(5_000);
  expect(Math.min(whole, refused)).toBeGreaterThan(0);
});

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
