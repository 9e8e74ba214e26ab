import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { z } from "zod";

export const ROOT = join(import.meta.dirname, "../../..");

export const TARGETS = ["chrome-mv3", "edge-mv3", "firefox-mv3"] as const;
export type Target = (typeof TARGETS)[number];

/** Builds what has changed since the last build; throws with Plasmo's output when a build says ERROR. */
export async function ensureBuilt(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, "extension/scripts/build.mjs")]);
}

export function folderOf(target: Target): string {
  return join(ROOT, `extension/build/${target}-prod`);
}

export async function manifestOf(target: Target): Promise<Record<string, unknown>> {
  const text = await readFile(join(folderOf(target), "manifest.json"), "utf8");
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Names of all files of a build, with `/` between folders. */
export async function filesOf(target: Target): Promise<string[]> {
  const entries = await readdir(folderOf(target), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folderOf(target).length + 1))
    .sort();
}

export async function contentsOf(target: Target, file: string): Promise<Buffer> {
  return readFile(join(folderOf(target), file));
}

/** The one content script of a build. */
export async function contentScriptOf(target: Target): Promise<Buffer> {
  const [name, ...others] = (await filesOf(target)).filter((file) => /^frappe\.[0-9a-f]{8}\.js$/.test(file));
  if (name === undefined || others.length > 0) throw new Error(`content scripts of ${target}: ${name ?? "none"}`);
  return contentsOf(target, name);
}
