import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

const ROOT = process.cwd();
const Manifest = z.looseObject({ host_permissions: z.array(z.string()) });

/**
 * A copy of the built extension that differs from what is shipped in two things: it holds the permission of one HR host
 * (permission prompts cannot be clicked headless), and its shadow roots are open, so that tests can reach into them.
 * `test/contract/extension` asserts that the shipped build has neither. Returns the folder.
 */
export async function makeTestVariant(target: "chrome" | "firefox", host: string): Promise<string> {
  const output = join(ROOT, "test/.output");
  await mkdir(output, { recursive: true });
  const folder = await mkdtemp(join(output, `extension-${target}-`));
  await cp(join(ROOT, `extension/build/${target}-mv3-prod`), folder, { recursive: true });

  const file = join(folder, "manifest.json");
  const manifest = Manifest.parse(JSON.parse(await readFile(file, "utf8")));
  const permissions = [...manifest.host_permissions, `http://${host}/*`, `https://${host}/*`];
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: permissions }));

  const [script] = (await readdir(folder)).filter((name) => /^frappe\..*\.js$/.test(name));
  if (script === undefined) throw new Error(`no content script in ${folder}`);
  const source = await readFile(join(folder, script), "utf8");
  const opened = source.replaceAll('{mode:"closed"}', '{mode:"open"}');
  if (opened === source) throw new Error("the content script has no closed shadow root to open");
  await writeFile(join(folder, script), opened);
  return folder;
}
