import type { ErrorCode } from "../errors.ts";

import type { CliTexts } from "./en/cli.ts";
import type { Terms } from "./en/terms.ts";
import type { UiTexts } from "./en/ui.ts";

/** What went wrong and what to do next; `{name}` stands for a detail of the error. */
export interface ErrorText {
  readonly text: string;
  readonly next: string;
}

export type ErrorTexts<Codes> = { readonly [code in keyof Codes]: ErrorText };

/** All texts of one language; a missing or an extra key does not compile. */
export interface Catalogue {
  readonly errors: Readonly<Record<ErrorCode, ErrorText>>;
  readonly ui: UiTexts;
  readonly cli: CliTexts;
  readonly terms: Terms;
}

export type Language = "en" | "vi";
