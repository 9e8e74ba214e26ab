import { describe, expect, test } from "@jest/globals";

import { keysToRetry, phasesOf } from "../../../connector/jobs/phases.ts";

describe("The phases of a job", () => {
  test("are the groups of keys with the same prefix, in the order of their first key", () => {
    expect(phasesOf(["read:A", "read:B", "deliver:hr"])).toEqual([["read:A", "read:B"], ["deliver:hr"]]);
  });

  test("keys without a phase are one", () => {
    expect(phasesOf(["A", "B"])).toEqual([["A", "B"]]);
  });

  test("a colon inside the name belongs to the name", () => {
    expect(phasesOf(["read:A:1", "read:B"])).toEqual([["read:A:1", "read:B"]]);
  });
});

describe("What a retry runs", () => {
  const keys = ["read:A", "read:B", "deliver:hr"];

  test("is the failed items and every later phase", () => {
    expect(keysToRetry(keys, new Set(["read:B"]))).toEqual(["read:B", "deliver:hr"]);
  });

  test("is the last phase alone when only that failed", () => {
    expect(keysToRetry(keys, new Set(["deliver:hr"]))).toEqual(["deliver:hr"]);
  });

  test("is nothing when nothing failed", () => {
    expect(keysToRetry(keys, new Set())).toEqual([]);
  });
});
