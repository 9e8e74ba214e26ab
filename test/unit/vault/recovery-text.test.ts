import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { readRecoveryText, RECOVERY_BYTES, recoveryText } from "../../../connector/vault/recovery-text.ts";

const keys = fc.uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES });
const mistyped = expect.objectContaining({ code: "vault.recovery-mistyped", details: {} });
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe("the text of a recovery key", () => {
  it("is nine groups of four letters that cannot be confused", () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(recoveryText(key)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  it("is read back, however it is typed", () => {
    fc.assert(
      fc.property(keys, (key) => {
        const text = recoveryText(key);
        const typed = [text, text.toLowerCase(), text.replaceAll("-", ""), ` ${text.replaceAll("-", " – ")}\n`];
        for (const one of [...typed, text.replaceAll("0", "o").replaceAll("1", "l")]) {
          expect([...readRecoveryText(one)]).toEqual([...key]);
        }
      }),
    );
  });

  it("with one wrong letter, or two that changed places, is mistyped", () => {
    const text = recoveryText(Uint8Array.from({ length: RECOVERY_BYTES }, (_, n) => n * 11));
    for (let at = 0; at < text.length; at++) {
      const here = text.charAt(at);
      const next = text.charAt(at + 1);
      if (here === "-") continue;
      const wrong = text.slice(0, at) + (here === "7" ? "8" : "7") + text.slice(at + 1);
      expect(thrownBy(() => readRecoveryText(wrong))).toEqual(mistyped);
      if (next === "-" || next === here || next === "") continue;
      const swapped = text.slice(0, at) + next + here + text.slice(at + 2);
      expect(thrownBy(() => readRecoveryText(swapped))).toEqual(mistyped);
    }
  });

  it.each(["", "0000", "0".repeat(35), "0".repeat(37), "U".repeat(36), "khóa-khôi-phục"])("is not %j", (text) => {
    expect(thrownBy(() => readRecoveryText(text))).toEqual(mistyped);
  });
});
