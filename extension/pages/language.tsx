import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { LanguageChoice } from "@tandem/contracts/messages.ts";

import type { Texts } from "../ui/texts.ts";

import type { PageContext } from "./page-context.ts";

const CHOICES: readonly LanguageChoice[] = ["auto", "vi", "en"];

/** The user's choice of language and its texts; null until the choice is known. */
export function useLanguage(context: PageContext): {
  readonly choice: LanguageChoice;
  readonly texts: Texts;
  readonly choose: (choice: LanguageChoice) => void;
} | null {
  const [choice, setChoice] = useState<LanguageChoice | null>(null);
  useEffect(() => {
    context.send("settings.get", {}).then(
      (settings) => setChoice(settings.language),
      () => setChoice("auto"),
    );
  }, [context]);
  if (choice === null) return null;
  const texts = context.textsFor(choice);
  document.documentElement.lang = texts.language;
  return {
    choice,
    texts,
    choose: (next) => {
      setChoice(next);
      void context.send("settings.set", { language: next });
    },
  };
}

interface LanguageSwitchProps {
  readonly choice: LanguageChoice;
  readonly texts: Texts;
  readonly choose: (choice: LanguageChoice) => void;
}

export function LanguageSwitch({ choice, texts, choose }: LanguageSwitchProps): JSX.Element {
  return (
    <label class="language">
      <span>{texts.ui("language.label")}</span>
      <select value={choice} onChange={(event) => choose(CHOICES[event.currentTarget.selectedIndex] ?? "auto")}>
        {CHOICES.map((option) => (
          <option key={option} value={option}>
            {texts.ui(`language.${option}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
