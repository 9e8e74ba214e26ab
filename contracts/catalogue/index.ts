import type { ErrorCode, ErrorDetails } from "../errors.ts";

import type { CliKey } from "./en/cli.ts";
import type { TermKey } from "./en/terms.ts";
import type { UiKey } from "./en/ui.ts";
import { en } from "./en.ts";
import type { Catalogue, Language } from "./shape.ts";
import { vi } from "./vi.ts";

export type { UiKey } from "./en/ui.ts";
export type { Catalogue, ErrorText, Language } from "./shape.ts";

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, vi };

const TERM_DETAILS: ReadonlySet<string> = new Set(["step", "kind", "what"]);

export type TextValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Fills `{name}` in a template; a value that is not known stays visible as `{name}`, so that a gap is noticed. */
export function fill(template: string, values: TextValues = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined || value === null ? whole : String(value);
  });
}

/** The text of a surface in the given language. */
export function uiText(language: Language, key: UiKey, values?: TextValues): string {
  return fill(CATALOGUES[language].ui[key], values);
}

/** A text of the command line in the given language. */
export function cliText(language: Language, key: CliKey, values?: TextValues): string {
  return fill(CATALOGUES[language].cli[key], values);
}

/** What went wrong and what to do next, in the given language. */
export function errorText(
  language: Language,
  code: ErrorCode,
  details: ErrorDetails = {},
): { text: string; next: string } {
  const { text, next } = CATALOGUES[language].errors[code];
  const values = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, inWords(language, name, value)]),
  );
  return { text: fill(text, values), next: fill(next, values) };
}

/** Details that name a thing are said in the language; all others are data. */
function inWords(language: Language, name: string, value: ErrorDetails[string]): ErrorDetails[string] {
  if (typeof value !== "string" || !TERM_DETAILS.has(name)) return value;
  return isTerm(value) ? CATALOGUES[language].terms[value] : value;
}

function isTerm(word: string): word is TermKey {
  return Object.hasOwn(en.terms, word);
}

/** The catalogue language for a tag such as `vi-VN`; English where there is none. */
export function languageOf(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("vi") ? "vi" : "en";
}
