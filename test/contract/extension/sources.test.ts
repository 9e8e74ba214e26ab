import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "@jest/globals";

import { ROOT } from "./built.ts";

async function sources(): Promise<{ file: string; text: string }[]> {
  const folder = join(ROOT, "extension");
  const files = await readdir(folder, { recursive: true });
  const own = files.filter((file) => /\.tsx?$/.test(file) && !/^(build|\.plasmo|node_modules)\b/.test(file));
  return Promise.all(own.map(async (file) => ({ file, text: await readFile(join(folder, file), "utf8") })));
}

test("one module imports the polyfill, which throws outside an extension", async () => {
  const importers = (await sources()).filter(({ text }) => /^import (?!type).*"webextension-polyfill"/m.test(text));
  expect(importers.map(({ file }) => file)).toEqual(["platform/browser.ts"]);
});

test("no source sets HTML from text", async () => {
  const found = (await sources()).filter(({ text }) =>
    /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet/.test(text),
  );
  expect(found).toEqual([]);
});

test("entry files are thin", async () => {
  const entries = (await sources()).filter(({ file }) =>
    /^(background|options|popup|contents\/frappe)\.tsx?$/.test(file),
  );
  expect(entries).toHaveLength(4);
  for (const { text } of entries) expect(text.trim().split("\n").length).toBeLessThanOrEqual(13);
});

test("only sites/ knows a host's selectors", async () => {
  const outside = (await sources()).filter(({ file }) => !file.startsWith("sites/"));
  expect(outside.filter(({ text }) => /data-page-route|page-actions|frappe\.boot/.test(text))).toEqual([]);
});
