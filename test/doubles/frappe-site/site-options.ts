import type { DocValues } from "./data/value.ts";

/** Major version of the framework that the double imitates. */
export type Profile = 14 | 15 | 16;
export type Language = "en" | "vi";
export type ThemeMode = "light" | "dark" | "automatic";

/** A user of the HR site. Without `password` the user cannot sign in; without `apiKey` it has no token. */
export interface SiteUser {
  readonly name: string;
  readonly fullName?: string;
  readonly password?: string;
  readonly roles: readonly string[];
  readonly apiKey?: string;
  readonly apiSecret?: string;
  readonly language?: Language;
  readonly theme?: ThemeMode;
  readonly enabled?: boolean;
  /** `false` = a website user without a Desk. */
  readonly deskUser?: boolean;
}

/** One line of a role's rights on a DocType at one permission level. */
export interface Grant {
  readonly role: string;
  readonly level: 0 | 1;
  readonly rights: readonly Right[];
}
export type Right = "read" | "write" | "create" | "delete" | "submit";

/** Behaviour that a test may switch while the double runs. */
export interface SiteSettings {
  /** System Settings → allow_error_traceback: whether `exception` and `exc` are in error bodies. */
  allowErrorTraceback: boolean;
  /** Site config `lang`: what a token call is answered in (v14, v15). */
  siteLanguage: Language;
  /** HR Settings → allow_geolocation_tracking. */
  geolocationTracking: boolean;
  maxFileSize: number;
  /** Text direction of the pages. */
  direction: "ltr" | "rtl";
  /** How long after `body[data-route]` is set the page's DOM is filled. */
  fillDelayMs: number;
  /** Two refreshes of a list with equal arguments within this time are one. */
  sameRefreshMs: number;
  /** The list's own refresh; five minutes in the original. */
  listRefreshMs: number;
  /** How long the page waits after a changed record before it refreshes the list. */
  changeDebounceMs: number;
  /** How often the page asks whether a record changed (there is no socket); 0 = never. */
  changePollMs: number;
  /** Whether moving to another record wipes what was injected into form controls. */
  wipeFormControls: boolean;
  /** DocTypes taken out of `boot.user.can_write` though the user may write them. */
  hiddenFromCanWrite: string[];
}

export interface SiteOptions {
  readonly profile?: Profile;
  /** Version of HRMS; `null` = not installed. Default: a release of the profile. */
  readonly hrms?: string | null;
  /** Version of the framework; late releases of v15 draw forms differently (measured on 15.101.1). */
  readonly frappe?: string;
  /** The site's IANA zone. */
  readonly zone?: string;
  /** What `frappe.client.get_time_zone` tells a guest: deliberately another zone (`frappe-hr.md` §4). */
  readonly guestZone?: string;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly users?: readonly SiteUser[];
  readonly employees?: readonly DocValues[];
  readonly departments?: readonly string[];
  readonly shiftTypes?: readonly DocValues[];
  readonly company?: string;
  /** Rights added to the standard ones, e.g. for a least-privilege role: DocType → grants. */
  readonly grants?: Readonly<Record<string, readonly Grant[]>>;
  readonly settings?: Partial<SiteSettings>;
  /** UTC milliseconds; the machine's clock unless a test passes its own. */
  readonly now?: () => number;
}

export const DEFAULT_SETTINGS: SiteSettings = {
  allowErrorTraceback: true,
  siteLanguage: "en",
  geolocationTracking: false,
  maxFileSize: 26_214_400,
  direction: "ltr",
  fillDelayMs: 300,
  sameRefreshMs: 3_000,
  listRefreshMs: 300_000,
  changeDebounceMs: 2_000,
  changePollMs: 1_000,
  wipeFormControls: true,
  hiddenFromCanWrite: [],
};
