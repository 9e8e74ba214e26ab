import { describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { parseJson } from "../../../connector/platform/parse-json.ts";

function refusal(text: string | Uint8Array): unknown {
  try {
    parseJson(typeof text === "string" ? Buffer.from(text) : text);
    return null;
  } catch (error) {
    return error instanceof TandemError && error.code === "request.malformed" ? error.details : error;
  }
}

describe("parseJson", () => {
  test("reads UTF-8", () => {
    expect(parseJson(Buffer.from('{"name":"Nguyễn Thị Ánh"}'))).toEqual({ name: "Nguyễn Thị Ánh" });
  });

  test.each([
    ["nothing at all", "", 1],
    ["an end in the middle", '{\n"a": [1,\n2', 3],
    ["a bare word", '{\n"a": 1,\n"b": nope\n}', 3],
    ["a bare word after much else", `{"a": 1,\n${'"x": 2,\n'.repeat(50)}"b": nope\n}`, 52],
    ["single quotes", "{'a': 1}", 1],
    ["a comma too many", '{"a": 1,\n}', 2],
    ["something after the end", '{"a": 1}\n}', 2],
    ["a line break inside a text", '{"a": "b\nc"}', 1],
  ])("names the line of %s", (_what, text, line) => {
    expect(refusal(text)).toMatchObject({ line });
  });

  test("says what is wrong", () => {
    expect(refusal('{"a": x}')).toMatchObject({ problem: "Unexpected token" });
    expect(refusal("[1")).toMatchObject({ problem: expect.stringMatching(/^(Unexpected end|Expected)/) });
  });

  test("shows nothing of the content, which may be a secret", () => {
    expect(JSON.stringify(refusal('{"apiSecret": hunter2secret}'))).not.toContain("hunter2");
    expect(JSON.stringify(refusal('"hunter2secret" "another"'))).not.toContain("hunter2");
  });

  test("refuses bytes that are no UTF-8, naming the line", () => {
    expect(refusal(Buffer.from('{\n"name": "Nguy\xea\xf1n"}', "latin1"))).toEqual({ line: 2, problem: "not UTF-8" });
  });
});
