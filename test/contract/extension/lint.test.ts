import { execFile } from "node:child_process";
import { join } from "node:path";

import { beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";

import { ensureBuilt, folderOf, ROOT } from "./built.ts";

beforeAll(ensureBuilt, 180_000);

const Findings = z.array(z.object({ code: z.string(), file: z.string().optional() }));
const Report = z.object({ errors: Findings, warnings: Findings, notices: Findings });

test("Mozilla's linter finds nothing to object to in the Firefox build", async () => {
  const report = Report.parse(JSON.parse(await lint(folderOf("firefox-mv3"))));
  expect([report.errors, report.notices]).toEqual([[], []]);
  // Preact can set innerHTML for those who ask it to; no source of ours does (below).
  expect(report.warnings.filter((finding) => finding.code !== "UNSAFE_VAR_ASSIGNMENT")).toEqual([]);
  expect(report.warnings).toHaveLength(3);
}, 60_000);

function lint(folder: string): Promise<string> {
  const program = join(ROOT, "node_modules/web-ext/bin/web-ext.js");
  const options = ["lint", "--no-config-discovery", "--self-hosted", "--output", "json", "--source-dir", folder];
  const env = { ...process.env, NO_UPDATE_NOTIFIER: "1" };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...options], { env }, (error, stdout) => {
      if (stdout === "") reject(error ?? new Error("the linter said nothing"));
      else resolve(stdout);
    });
  });
}
