import type { DeskConfig, DeskDocType } from "../pages/desk-config.ts";

/** The globals of the page: the inline script's `frappe` and what the bundle's first line tells. */
export interface FrappeGlobal {
  readonly boot: {
    readonly __messages: Readonly<Record<string, string>>;
    readonly lang: string;
    readonly desk_theme: string;
    readonly user: {
      readonly name: string;
      readonly can_write: readonly string[];
      readonly can_create: readonly string[];
    };
  };
  readonly csrf_token: string;
  [member: string]: unknown;
}

declare const frappe: FrappeGlobal;
declare const standInDesk: DeskConfig;

export const host = frappe;
export const config = standInDesk;

/** Sets one of the page's MAIN-world globals. */
export function expose(name: "cur_list" | "cur_frm", value: Readonly<Record<string, unknown>>): void {
  Object.assign(window, { [name]: value });
}

/** Translates through the boot's message table. */
export function __(text: string): string {
  return host.boot.__messages[text] ?? text;
}

export function doctypeBySlug(slug: string): DeskDocType | undefined {
  return config.doctypes.find((one) => one.slug === slug);
}

export function doctypeByName(name: string): DeskDocType | undefined {
  return config.doctypes.find((one) => one.name === name);
}

export function formPath(doctype: string, name: string): string {
  return `/${config.prefix}/${slugOf(doctype)}/${encodeURIComponent(name)}`;
}

export function listPath(doctype: string): string {
  return `/${config.prefix}/${slugOf(doctype)}`;
}

export function slugOf(doctype: string): string {
  return doctype.toLowerCase().replaceAll(" ", "-");
}
