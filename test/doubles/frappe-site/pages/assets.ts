import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import type { SiteContext } from "../site-context.ts";
import { isAtLeast } from "../versions.ts";

import type { DeskConfig } from "./desk-config.ts";

export const BUNDLE_PATH = "/assets/frappe/dist/js/desk.bundle.TEST.js";
export const STYLE_PATH = "/assets/frappe/dist/css/desk.bundle.TEST.css";

const CLIENT = "test/doubles/frappe-site/client/desk.ts";
const LISTED = ["Employee", "Employee Checkin", "Shift Type", "Attendance"];
let bundled: Promise<string> | null = null;

/** The Desk's script: what this site tells it, then the bundle of `client/`. Built once per process. */
export async function deskBundle(site: SiteContext): Promise<string> {
  bundled ??= bundleClient();
  return `window.standInDesk = ${JSON.stringify(configOf(site))};\n${await bundled}`;
}

async function bundleClient(): Promise<string> {
  const result = await build({
    entryPoints: [findClient()],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error("the Desk's script could not be built");
  return output.text;
}

/** The browser script's source. Looked for upwards, because the double may run out of a bundle made elsewhere in the tree. */
function findClient(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, CLIENT);
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no ${CLIENT} above ${import.meta.url}`);
    folder = parent;
  }
}

function configOf(site: SiteContext): DeskConfig {
  const { settings, profile } = site;
  return {
    profile,
    prefix: profile === 16 ? "desk" : "app",
    lateForms: isAtLeast(site.versions.frappe, "15.101.0"),
    fillDelayMs: settings.fillDelayMs,
    sameRefreshMs: settings.sameRefreshMs,
    listRefreshMs: settings.listRefreshMs,
    changeDebounceMs: settings.changeDebounceMs,
    changePollMs: settings.changePollMs,
    wipeFormControls: settings.wipeFormControls,
    doctypes: LISTED.flatMap((name) => {
      const doctype = site.doctypes.find(name);
      if (doctype === undefined) return [];
      const { slug, titleField = null, fields } = doctype;
      return [
        {
          name,
          slug,
          titleField,
          fields: fields.map((one) => ({
            name: one.name,
            label: one.label,
            type: one.type,
            options: one.options ?? "",
            required: one.required === true,
            readOnly: one.readOnly === true || one.fetchFrom !== undefined,
          })),
        },
      ];
    }),
  };
}
