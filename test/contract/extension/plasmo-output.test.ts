import { describe, expect, test } from "@jest/globals";

import { errorsIn } from "../../../extension/scripts/plasmo-output.mjs";

describe("reading Plasmo's output", () => {
  test("drops the one error that every build without a network prints", () => {
    const output =
      '🔴 ERROR  | Error fetching package information for "plasmo" TypeError: fetch failed\n    at x\n🟢 DONE   | ';
    expect(errorsIn(output)).toEqual([]);
  });

  test("keeps the error after which Plasmo ships every site there is", () => {
    const line = "🔴 ERROR  | Cannot read properties of undefined (reading 'kind')";
    expect(errorsIn(`${line}\n🟢 DONE   | Finished in 1851ms!`)).toEqual([line]);
  });
});
