import type { Language } from "../site-options.ts";

/** Who is calling, as sign-in found out. */
export interface Caller {
  readonly user: string;
  readonly roles: ReadonlySet<string>;
  /** Language of messages to this caller, before a `_lang` in the request. */
  readonly language: Language;
}

export const GUEST = "Guest";
