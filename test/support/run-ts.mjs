/**
 * Runs a TypeScript program of the test tree: `node test/support/run-ts.mjs test/demo/main.ts [arguments]`.
 * It is bundled first, packages left outside, because Node 20 does not read TypeScript.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) throw new Error("usage: run-ts.mjs FILE.ts [arguments]");
const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "test/.output/programs");
await mkdir(folder, { recursive: true });
// Named after the whole path, because several programs are called main.ts and may be started at the same time.
const name = relative(root, resolve(entry)).replace(/\.ts$/, "").replaceAll(/[\\/]/g, "-");
const outfile = join(folder, `${name}.mjs`);

/** Workspace packages are TypeScript too, so they go into the bundle; everything else stays a package. */
const packagesOutside = {
  name: "packages-outside",
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith("@tandem/") ? undefined : { path, external: true },
    );
  },
};

const built = await build({
  entryPoints: [resolve(entry)],
  outfile,
  write: false,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
  jsx: "automatic",
  jsxImportSource: "preact",
  plugins: [packagesOutside],
});

const [bundle] = built.outputFiles;
const draft = `${outfile}.${process.pid}`;
await writeFile(draft, bundle.contents);
await rename(draft, outfile);

process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
