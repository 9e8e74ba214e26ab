import { type Language, languageOf } from "@tandem/contracts/catalogue/index.ts";

/** The language of a run: as asked for, else as the environment names it, else as the system is set. */
export function languageFor(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const named = [asked, env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((tag) => tag !== undefined && tag !== "");
  // Windows names its language nowhere in the environment.
  return languageOf(named ?? Intl.DateTimeFormat().resolvedOptions().locale);
}
