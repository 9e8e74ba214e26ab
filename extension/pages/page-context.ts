import { CATALOGUES, languageOf } from "@tandem/contracts/catalogue/index.ts";
import type { LanguageChoice } from "@tandem/contracts/messages.ts";

import type { Browser } from "../platform/browser.ts";
import { createSend, type Send } from "../platform/message-client.ts";
import { wait, type Wait } from "../platform/wait.ts";
import { Texts } from "../ui/texts.ts";

/** What the extension's own pages work with. */
export interface PageContext {
  readonly send: Send;
  readonly wait: Wait;
  readonly now: () => number;
  /** Ends with the page. */
  readonly signal: AbortSignal;
  /** Texts for a choice of language; `auto` is the browser's. */
  readonly textsFor: (choice: LanguageChoice) => Texts;
  /** Asks the user for a host permission; has to be called straight from a click. */
  readonly requestPermission: (pattern: string) => Promise<boolean>;
  readonly hasPermission: (pattern: string) => Promise<boolean>;
  readonly openTab: (url: string) => Promise<void>;
}

/** Builds the context of the page that is loading. */
export function createPageContext(browser: Browser): PageContext {
  const ends = new AbortController();
  addEventListener("pagehide", () => ends.abort());
  return {
    send: createSend(browser.runtime),
    wait,
    now: () => Date.now(),
    signal: ends.signal,
    textsFor: (choice) => {
      const language = choice === "auto" ? languageOf(browser.i18n.getUILanguage()) : choice;
      return new Texts(language, CATALOGUES[language]);
    },
    requestPermission: (pattern) => browser.permissions.request({ origins: [pattern] }),
    hasPermission: (pattern) => browser.permissions.contains({ origins: [pattern] }),
    openTab: async (url) => {
      await browser.tabs.create({ url });
    },
  };
}
