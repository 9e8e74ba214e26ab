import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import { matchesOf, permissionOf } from "./match-patterns.ts";

/** A content script as it is registered with the browser. Files are relative to the extension's root. */
export interface SiteScript {
  readonly id: string;
  readonly matches: readonly string[];
  readonly js: readonly string[];
}

export interface ScriptPlan {
  readonly remove: readonly string[];
  readonly add: readonly SiteScript[];
}

/** One script per host: two sites on one host differ by port only, and patterns cannot tell ports apart. */
export function scriptsFor(origins: readonly HrSiteOrigin[], files: readonly string[]): SiteScript[] {
  const scripts = origins.map((origin) => ({
    id: `frappe ${permissionOf(origin)}`,
    matches: matchesOf(origin),
    js: [...files],
  }));
  return [...new Map(scripts.map((script) => [script.id, script])).values()];
}

/** What brings the registered scripts to the wanted ones. An update changes file names, so its scripts are replaced. */
export function planScripts(wanted: readonly SiteScript[], registered: readonly SiteScript[]): ScriptPlan {
  const keep = (script: SiteScript): boolean => wanted.some((other) => isSame(script, other));
  const present = (script: SiteScript): boolean => registered.some((other) => isSame(script, other));
  return {
    remove: registered.filter((script) => !keep(script)).map((script) => script.id),
    add: wanted.filter((script) => !present(script)),
  };
}

function isSame(a: SiteScript, b: SiteScript): boolean {
  const text = ({ id, matches, js }: SiteScript): string => JSON.stringify([id, [...matches].sort(), [...js].sort()]);
  return text(a) === text(b);
}

/**
 * Files of the packaged content script, as `registerContentScripts` wants them. Firefox lists them in the manifest as
 * absolute moz-extension addresses and then refuses those (`browser-and-localhost.md` §4).
 */
export function packagedFiles(listed: readonly string[], root: string): string[] {
  return listed.map((file) => new URL(file, root).pathname.slice(1));
}
