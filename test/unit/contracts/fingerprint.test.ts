import { describe, expect, test } from "@jest/globals";

import { fingerprintWords } from "@tandem/contracts/fingerprint.ts";

describe("fingerprint words", () => {
  test("are four, from the first four bytes", () => {
    expect(fingerprintWords(Uint8Array.of(0, 1, 2, 255, 9))).toBe("acorn actor alpha zebra");
  });

  test("differ for every byte value", () => {
    const words = Array.from({ length: 256 }, (_, byte) => fingerprintWords(Uint8Array.of(byte, 0, 0, 0)));
    expect(new Set(words).size).toBe(256);
    expect(words.filter((text) => /undefined|^ | $/.test(text))).toEqual([]);
  });
});
