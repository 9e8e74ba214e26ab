import { describe, expect, test } from "@jest/globals";

import { TandemError } from "@tandem/contracts/errors.ts";

import { FailedCommand, failureOf } from "../../../connector/cli/cli-error.ts";
import { defaultHome } from "../../../connector/cli/default-home.ts";
import { languageFor } from "../../../connector/cli/language.ts";
import { printable } from "../../../connector/cli/printable.ts";
import { replyError } from "../../../connector/cli/reply-error.ts";
import { renderTable } from "../../../connector/cli/table.ts";

describe("the language", () => {
  test.each([
    ["what is asked for", "en", { LANG: "vi_VN.UTF-8" }, "en"],
    ["LANG", undefined, { LANG: "vi_VN.UTF-8" }, "vi"],
    ["LC_ALL before LANG", undefined, { LC_ALL: "en_US.UTF-8", LANG: "vi_VN.UTF-8" }, "en"],
    ["LANG when LC_ALL is set to nothing", undefined, { LC_ALL: "", LC_MESSAGES: "", LANG: "vi_VN.UTF-8" }, "vi"],
    ["English for a language without texts", undefined, { LANG: "fr_FR.UTF-8" }, "en"],
  ])("is %s", (_what, asked, env, expected) => {
    expect(languageFor(asked, env)).toBe(expected);
  });
});

describe("the data folder", () => {
  test.each([
    ["TANDEM_HOME", { TANDEM_HOME: "/srv/tandem" }, "linux" as const, "/srv/tandem"],
    ["the user's data folder", { XDG_DATA_HOME: "/home/lan/data" }, "linux" as const, "/home/lan/data/tandem"],
    ["ProgramData on Windows", { ProgramData: "D:\\Data" }, "win32" as const, /^D:\\Data[\\/]Tandem$/],
  ])("is %s", (_what, env, platform, expected) => {
    expect(defaultHome(env, platform)).toMatch(expected);
  });
});

describe("what is printed", () => {
  test("holds no control characters that a name could bring along", () => {
    expect(printable("Gate\u001b[2J 1\u202e\nnext")).toBe("Gate [2J 1 \nnext\n");
  });

  test("keeps every letter of Vietnamese", () => {
    expect(printable("Nguyễn Thị Ánh – Cổng số 1")).toBe("Nguyễn Thị Ánh – Cổng số 1\n");
  });

  test("stands in columns, however a name is composed", () => {
    const rows = [["Ánh".normalize("NFD"), 1] as const, ["Bình", null] as const];
    expect(renderTable(["name", "count"], rows)).toBe(
      ["name  count", `${"Ánh".normalize("NFD")}   1`, "Bình  –"].join("\n"),
    );
  });
});

describe("a failure", () => {
  test("is its code, its text and what to do next", () => {
    expect(failureOf(new TandemError("cli.not-running"), "en")).toEqual({
      stderr: "cli.not-running: The connector is not running.\n  Start it with: tandem start\n",
      document: { error: { code: "cli.not-running", text: "The connector is not running.", details: {} } },
      exitCode: 1,
    });
  });

  test("of usage ends with 2", () => {
    expect(failureOf(new TandemError("cli.usage", { problem: "x" }), "en").exitCode).toBe(2);
  });

  test("beside a reply keeps the reply in the document, and names every failure on stderr", () => {
    const failures = [new TandemError("cli.not-running"), new TandemError("cli.already-running")];
    const { document, stderr } = failureOf(new FailedCommand({ pulls: [1] }, failures), "en");
    expect(document).toMatchObject({ pulls: [1], error: { code: "cli.not-running" } });
    expect(stderr).toMatch(/^cli\.not-running: [^]*\ncli\.already-running: /);
  });

  test("that nobody foresaw names its cause, because there is nothing else to go by", () => {
    const { stderr } = failureOf(new Error("EIO: i/o error"), "en");
    expect(stderr).toMatch(/^internal\.unexpected: [^]*EIO: i\/o error\n$/);
  });

  test("in a reply becomes an error with its single values", () => {
    const error = replyError("terminal.timeout", { address: "tcp://1.2.3.4:4370", list: [1] });
    expect([error.code, error.details]).toEqual(["terminal.timeout", { address: "tcp://1.2.3.4:4370" }]);
    expect(replyError("no.such.code", {}).code).toBe("internal.unexpected");
    expect(replyError(null, {}).code).toBe("internal.unexpected");
  });
});
