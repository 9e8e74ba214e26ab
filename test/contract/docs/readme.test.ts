import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "@jest/globals";

import { withErrorTable } from "../../support/docs/error-table.ts";

const root = join(import.meta.dirname, "../../..");
const readme = await readFile(join(root, "README.md"), "utf8");
const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

describe("The README", () => {
  it("explains every error code in both languages, as the catalogue has it", () => {
    expect(readme).toBe(withErrorTable(readme));
  });

  it("names only npm scripts that exist", () => {
    const named = [...readme.matchAll(/npm run ([a-z][\w:-]*)/g)].map((match) => match[1]);
    expect(named.filter((script) => script !== undefined && !(script in scripts))).toEqual([]);
  });

  it("gives the test command that CI runs", async () => {
    const ci = await readFile(join(root, ".ci/run"), "utf8");
    expect(readme).toContain("npm ci && npm test");
    expect(ci).toContain("npm ci && npm test");
  });
});
