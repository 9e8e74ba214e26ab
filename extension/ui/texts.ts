import { fill, type TextValues, type UiKey } from "@tandem/contracts/catalogue/index.ts";
import type { Catalogue, Language } from "@tandem/contracts/catalogue/shape.ts";
import { isErrorCode } from "@tandem/contracts/errors.ts";
import type { Problem } from "@tandem/contracts/http.ts";

/** What is wrong and what to do next; `next` is empty where there is nothing to do. */
export interface Explanation {
  readonly text: string;
  readonly next: string;
}

/** The texts of one surface, in one language. */
export class Texts {
  readonly language: Language;
  readonly #catalogue: Catalogue;

  constructor(language: Language, catalogue: Catalogue) {
    this.language = language;
    this.#catalogue = catalogue;
  }

  ui(key: UiKey, values?: TextValues): string {
    return fill(this.#catalogue.ui[key], values);
  }

  /** A code that this version does not know (a newer connector) reads as an unexpected failure, with the code shown. */
  problem({ code, details }: Pick<Problem, "code" | "details">): Explanation {
    if (!isErrorCode(code)) {
      const { text, next } = this.#catalogue.errors["internal.unexpected"];
      return { text: `${text} (${code})`, next };
    }
    const { text, next } = this.#catalogue.errors[code];
    const values = Object.fromEntries(Object.entries(details).filter(isPrintable));
    return { text: fill(text, values), next: fill(next, values) };
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value);
  }

  /** `2026-11-24T01:02:03.456Z` as people say it near `now`: "5 minutes ago", and a date from a day on. */
  when(instant: string, now: number): string {
    const seconds = Math.round((Date.parse(instant) - now) / 1000);
    const relative = new Intl.RelativeTimeFormat(this.language, { numeric: "auto" });
    if (seconds > -60) return this.ui("time.now");
    if (seconds > -3600) return relative.format(Math.round(seconds / 60), "minute");
    if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), "hour");
    return this.date(instant);
  }

  date(instant: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(
      Date.parse(instant),
    );
  }
}

function isPrintable(entry: [string, unknown]): entry is [string, string | number | boolean] {
  return ["string", "number", "boolean"].includes(typeof entry[1]);
}
