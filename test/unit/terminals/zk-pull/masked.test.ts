import { expect, test } from "@jest/globals";

import { masked } from "../../../../connector/terminals/zk-pull/codec/masked.ts";

test("a mask keeps the layout of a row and nothing that stands in it", () => {
  const row = Buffer.from("\x0d\0\x0e1234\0Nguy\xe1\xbb\0\x07", "latin1");
  expect(masked(row).toString("latin1")).toBe("\x01\0\x019999\0aaaa\x80\x80\0\x01");
});
