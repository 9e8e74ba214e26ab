import type { TermKey } from "@tandem/contracts/catalogue/en/terms.ts";

/** What is being done with a terminal, for messages: every step has a word in each language. */
export type Step = TermKey;
