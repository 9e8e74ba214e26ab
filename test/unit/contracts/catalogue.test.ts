import { describe, expect, test } from "@jest/globals";

import { CATALOGUES, errorText } from "@tandem/contracts/catalogue/index.ts";
import { ERRORS } from "@tandem/contracts/errors.ts";

/** Every text of a language by a name of its own. */
function textsOf({ errors, ui, cli, terms }: (typeof CATALOGUES)["en"]): Map<string, string> {
  const named = Object.entries(errors).flatMap(([code, { text, next }]) => [
    [`${code} text`, text] as const,
    [`${code} next`, next] as const,
  ]);
  return new Map([...named, ...Object.entries(ui), ...Object.entries(cli), ...Object.entries(terms)]);
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();

const en = textsOf(CATALOGUES.en);
const vi = textsOf(CATALOGUES.vi);

describe("the catalogues", () => {
  test("have the same keys", () => {
    expect([...vi.keys()].sort()).toEqual([...en.keys()].sort());
  });

  test("explain every error code", () => {
    for (const code of Object.keys(ERRORS)) expect(en.has(`${code} text`)).toBe(true);
  });

  test("have the same placeholders", () => {
    const differing = [...en].filter(([key, text]) => {
      return placeholders(text).join() !== placeholders(vi.get(key) ?? "").join();
    });
    expect(differing).toEqual([]);
  });

  test.each([
    ["en", en],
    ["vi", vi],
  ])("leave nothing empty and nothing decomposed in %s", (_language, texts) => {
    for (const [key, text] of texts) expect([key, text]).toEqual([key, text.normalize("NFC")]);
    expect([...texts.values()].filter((text) => text.trim() === "")).toEqual([]);
  });

  test("are two languages: no sentence stands untranslated", () => {
    const same = [...en].filter(([key, text]) => text === vi.get(key) && /[a-z]{3,} [a-z]{2,} [a-z]/i.test(text));
    expect(same).toEqual([]);
  });
});

describe("details that name a thing", () => {
  test("are said in the language of the text", () => {
    const { text } = errorText("vi", "terminal.refused", { step: "writing a user", code: 2001 });
    expect(text).toBe("Máy chấm công từ chối ghi người dùng.");
  });

  test("are left as they are where they are data", () => {
    expect(errorText("vi", "terminal.unknown", { name: "clock" }).text).toContain("clock");
  });
});
