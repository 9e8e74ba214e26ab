import { describe, expect, test } from "@jest/globals";

import { logTypeOf } from "../../../connector/delivery/log-type.ts";

describe("in and out", () => {
  test.each([
    [0, "IN"],
    [1, "OUT"],
    [2, "OUT"],
    [3, "IN"],
    [4, "IN"],
    [5, "OUT"],
    [6, ""],
    [255, ""],
  ])("follow the state key %i on a terminal that uses them", (state, logType) => {
    expect(logTypeOf("state", null, state)).toBe(logType);
    expect(logTypeOf("auto", null, state)).toBe(logType);
  });

  test("are fixed on a terminal for one direction, whatever key was pressed", () => {
    expect(logTypeOf("in", null, 1)).toBe("IN");
    expect(logTypeOf("out", null, 0)).toBe("OUT");
  });

  test("follow the machine number where odd ones are entrances", () => {
    expect(logTypeOf("parity", 1, 1)).toBe("IN");
    expect(logTypeOf("parity", 22, 0)).toBe("OUT");
    expect(logTypeOf("parity", null, 0)).toBe("");
  });

  test.each(["alternate", "first-last", "none"] as const)("are left open by %s", (direction) => {
    expect(logTypeOf(direction, 1, 0)).toBe("");
  });
});
