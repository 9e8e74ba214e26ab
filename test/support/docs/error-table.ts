import { en } from "@tandem/contracts/catalogue/en.ts";
import { vi } from "@tandem/contracts/catalogue/vi.ts";
import { ERRORS, isErrorCode } from "@tandem/contracts/errors.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** The README's troubleshooting table: every code, what it means and what to do next, in both languages. */
export function errorTable(): string {
  const rows = Object.keys(ERRORS)
    .filter(isErrorCode)
    .map((code) => {
      const [english, vietnamese] = [en.errors[code], vi.errors[code]];
      return `| \`${code}\` | ${cell(english.text)} **${cell(english.next)}** | ${cell(vietnamese.text)} **${cell(vietnamese.next)}** |`;
    });
  return ["| code | what it means, **what to do next** | tiếng Việt |", "| --- | --- | --- |", ...rows].join("\n");
}

const BEGIN = "<!-- error table: written by `npm run docs` -->";
const END = "<!-- end of error table -->";

/** The README with its generated parts brought up to date. */
export function withErrorTable(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md lacks the markers ${BEGIN} and ${END}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${errorTable()}\n\n${readme.slice(end)}`;
}
