import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Texts } from "../../ui/texts.ts";

interface CommandProps {
  readonly text: string;
  readonly texts: Texts;
}

/** A command line to run on the connector's PC, with a button that copies it. */
export function Command({ text, texts }: CommandProps): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    // Where the browser refuses the clipboard the text is still there to be selected.
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="btn plain" onClick={copy}>
        {texts.ui(copied ? "action.copied" : "action.copy")}
      </button>
    </div>
  );
}
