import { gzipSync } from "node:zlib";

import { beforeAll, describe, expect, test } from "@jest/globals";

import { contentScriptOf, contentsOf, ensureBuilt, filesOf, TARGETS } from "./built.ts";

beforeAll(ensureBuilt, 180_000);

describe.each(TARGETS)("the build for %s", (target) => {
  test("keeps the script in the HR app's pages within 40 KB, gzipped", async () => {
    expect(gzipSync(await contentScriptOf(target)).length).toBeLessThanOrEqual(40 * 1024);
  });

  test("closes its shadow roots to the page", async () => {
    const script = (await contentScriptOf(target)).toString();
    expect(script).toContain('attachShadow({mode:"closed"})');
    expect(script).not.toContain('mode:"open"');
  });

  test("talks to the connector from the background only", async () => {
    expect((await contentScriptOf(target)).toString()).not.toMatch(/127\.0\.0\.1|X-Signature|\bfetch\(/);
  });

  test("carries no React", async () => {
    for (const file of (await filesOf(target)).filter((name) => name.endsWith(".js"))) {
      const text = (await contentsOf(target, file)).toString();
      expect(text).not.toMatch(/react-dom|__SECRET_INTERNALS|react\.element/);
    }
  });

  test("has all the parts of zod it uses", async () => {
    // Parcel leaves an undefined name behind where it loses an export, and says nothing.
    const background = (await contentsOf(target, "static/background/index.js")).toString();
    expect(background).not.toMatch(/\$[0-9a-f]{16}\$exports/);
  });
});

test("has no source map and no file of another kind", async () => {
  for (const target of TARGETS) {
    const kinds = new Set((await filesOf(target)).map((file) => file.replace(/^.*\./, "")));
    expect([...kinds].sort()).toEqual(["html", "js", "json", "png"]);
  }
});
