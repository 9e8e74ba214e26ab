import type { JSX } from "preact";

import type { Explanation } from "./texts.ts";

/** What is wrong, and under it what to do next. */
export function Explain({ of: { text, next } }: { readonly of: Explanation }): JSX.Element | null {
  if (text === "" && next === "") return null;
  return (
    <p class="explain">
      {text}
      {next !== "" && <span class="next">{next}</span>}
    </p>
  );
}
