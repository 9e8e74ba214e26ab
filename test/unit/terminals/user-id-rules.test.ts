import { expect, test } from "@jest/globals";

import { checkUserId, sameUserId, type UserIdRules } from "../../../connector/terminals/user-id-rules.ts";

const NUMERIC: UserIdRules = { maxLength: 9, letters: false, u32: false };
const LETTERS: UserIdRules = { ...NUMERIC, letters: true };
const U32: UserIdRules = { maxLength: null, letters: false, u32: true };

test.each([
  ["1", NUMERIC],
  ["007", NUMERIC],
  ["123456789", NUMERIC],
  ["AB-1_x", LETTERS],
  ["4294967295", U32],
] as const)("%s is taken", (userId, rules) => {
  expect(checkUserId(userId, rules)).toBeNull();
});

test.each([
  ["", NUMERIC, "terminal.user-id-reserved"],
  ["0", LETTERS, "terminal.user-id-reserved"],
  ["000", NUMERIC, "terminal.user-id-reserved"],
  ["A1", NUMERIC, "terminal.user-id-letters"],
  ["12@acme", LETTERS, "terminal.user-id-letters"],
  ["-1", LETTERS, "terminal.user-id-letters"],
  ["１２", NUMERIC, "terminal.user-id-letters"],
  ["A1", { ...U32, letters: true }, "terminal.user-id-letters"],
  ["1234567890", NUMERIC, "terminal.user-id-too-long"],
  ["123456", { ...U32, maxLength: 5 }, "terminal.user-id-too-long"],
  ["4294967296", U32, "terminal.user-id-too-long"],
  ["1".repeat(24), { ...NUMERIC, maxLength: 24 }, "terminal.user-id-too-long"],
] as const)("%j is refused", (userId, rules, code) => {
  expect(checkUserId(userId, rules)?.code).toBe(code);
});

test("12@acme on a terminal with digits only is refused with the number in it, or with a free one", () => {
  expect(checkUserId("12@acme", NUMERIC, ["1"])?.details).toEqual({ userId: "12@acme", max: 9, proposal: "12" });
  expect(checkUserId("12@acme", NUMERIC, ["1", "002", "012"])?.details.proposal).toBe("3");
});

test("a proposal is always one that the terminal takes", () => {
  for (const userId of ["", "000", "x", "99999999999", "a1".repeat(9)]) {
    for (const rules of [NUMERIC, LETTERS, U32]) {
      const proposal = checkUserId(userId, rules, ["1"])?.details.proposal;
      if (proposal !== undefined) expect(checkUserId(proposal, rules)).toBeNull();
    }
  }
  expect.hasAssertions();
});

test("leading zeros do not make another person, letters do", () => {
  expect(sameUserId("007", "7")).toBe(true);
  expect(sameUserId("0A7", "A7")).toBe(false);
  expect(sameUserId("70", "7")).toBe(false);
});
