import { expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { loggableError } from "../../../connector/platform/loggable-error.ts";

test("a failure of the product is told with its code, details and cause", () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:80"), { code: "ECONNREFUSED" });
  const error = new TandemError("terminal.unreachable", { address: "tcp://192.0.2.1:4370" }, { cause });
  expect(loggableError(error)).toMatchObject({
    type: "TandemError",
    code: "terminal.unreachable",
    details: { address: "tcp://192.0.2.1:4370" },
    cause: { type: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:80" },
  });
});

test("what a parser quotes stays out, in the stack as well", () => {
  let failure: unknown;
  try {
    JSON.parse('{"name": "Lan", oops');
  } catch (error) {
    failure = error;
  }
  const told = loggableError(failure);
  expect(told.type).toBe("SyntaxError");
  expect(told.at.length).toBeGreaterThan(0);
  expect(JSON.stringify(told)).not.toContain("Lan");
});

test.each([
  ["the query of an address", new Error("request to http://hr.example/api?filters=[[Lan]]&x=1 failed"), "Lan"],
  ["a quoted value", new Error("Unexpected value 'Lan'"), "Lan"],
  ["a quoted text of several lines", new Error('bad row "Lan\nHoa" here'), "Hoa"],
  ["any other field", Object.assign(new Error("refused"), { body: "Lan", input: { name: "Lan" } }), "Lan"],
  ["what lies in a cause", new Error("outer", { cause: new Error("inner 'Lan'") }), "Lan"],
  ["a thrown text", "Lan", "Lan"],
])("%s stays out", (_what, error, word) => {
  expect(JSON.stringify(loggableError(error))).not.toContain(word);
});

test("a chain of causes that goes round is told of once", () => {
  const error = new Error("round");
  error.cause = error;
  expect(JSON.stringify(loggableError(error)).split("round")).toHaveLength(6);
});
