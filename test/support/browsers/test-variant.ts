import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { CONNECTOR_PORTS } from "@tandem/contracts/protocol.ts";

const ROOT = process.cwd();
const Manifest = z.looseObject({ host_permissions: z.array(z.string()) });

/**
 * A copy of the built extension that differs from what is shipped in two things: it holds the permission of one HR host
 * (permission prompts cannot be clicked headless), and its shadow roots are open, so that tests can reach into them. With
 * `ports` it also looks for the connector elsewhere, so that suites can run side by side.
 * `test/contract/extension` asserts that the shipped build has neither. Returns the folder.
 */
export async function makeTestVariant(
  target: "chrome" | "firefox",
  host: string,
  ports: readonly number[] = CONNECTOR_PORTS,
): Promise<string> {
  const output = join(ROOT, "test/.output");
  await mkdir(output, { recursive: true });
  const folder = await mkdtemp(join(output, `extension-${target}-`));
  await cp(join(ROOT, `extension/build/${target}-mv3-prod`), folder, { recursive: true });

  const file = join(folder, "manifest.json");
  const manifest = Manifest.parse(JSON.parse(await readFile(file, "utf8")));
  const permissions = [...manifest.host_permissions, `http://${host}/*`, `https://${host}/*`];
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: permissions }));

  await replaceOnce(join(folder, "static/background/index.js"), JSON.stringify(CONNECTOR_PORTS), JSON.stringify(ports));

  const [script] = (await readdir(folder)).filter((name) => /^frappe\..*\.js$/.test(name));
  if (script === undefined) throw new Error(`no content script in ${folder}`);
  await replaceOnce(join(folder, script), '{mode:"closed"}', '{mode:"open"}');
  return folder;
}

async function replaceOnce(file: string, from: string, to: string): Promise<void> {
  const parts = (await readFile(file, "utf8")).split(from);
  if (parts.length !== 2) throw new Error(`${from} stands ${parts.length - 1} times in ${file}`);
  await writeFile(file, parts.join(to));
}
