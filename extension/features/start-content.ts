import { hasCode } from "@tandem/contracts/errors.ts";

import { logFailure } from "../platform/log.ts";
import { createSend } from "../platform/message-client.ts";
import { wait } from "../platform/wait.ts";
import type { PageAdapter } from "../sites/page-adapter.ts";
import { Texts } from "../ui/texts.ts";

import { FEATURES } from "./all.ts";
import { runFeatures } from "./run-features.ts";
import { takeOver } from "./take-over.ts";

/** Starts Tandem in a page of an HR app; does nothing where `adapter` is null. */
export function startContent(runtime: Parameters<typeof createSend>[0], adapter: PageAdapter | null): void {
  if (adapter === null) return;
  const signal = takeOver(document);
  run(runtime, adapter, signal).catch((error: unknown) => {
    // The script also runs on another port of an allowed host; the background then does not answer it.
    if (!hasCode(error, "browser.not-granted")) logFailure("starting on this page", error);
  });
}

async function run(
  runtime: Parameters<typeof createSend>[0],
  adapter: PageAdapter,
  signal: AbortSignal,
): Promise<void> {
  const send = createSend(runtime);
  const { language, catalogue } = await send("texts.get", { pageLanguage: adapter.facts.language });
  const context = { adapter, send, wait, texts: new Texts(language, catalogue), now: () => Date.now() };
  // eslint-disable-next-line no-console -- the one sign that an HR app has changed under the selectors
  const host = { document, adapter, wait, warn: (text: string) => console.warn(text) };
  runFeatures(FEATURES, context, host, signal);
  if (adapter.facts.zone !== null) await send("site.seen", { zone: adapter.facts.zone });
}
