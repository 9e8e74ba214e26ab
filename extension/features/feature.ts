import type { Send } from "../platform/message-client.ts";
import type { Wait } from "../platform/wait.ts";
import type { PageAdapter, PageId } from "../sites/page-adapter.ts";
import type { Texts } from "../ui/texts.ts";

/** What a feature is given. Everything it does goes through here, so that it can be tested with fakes. */
export interface FeatureContext {
  readonly adapter: PageAdapter;
  readonly send: Send;
  readonly texts: Texts;
  readonly wait: Wait;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One thing Tandem adds to a page of the HR app. */
export interface Feature {
  readonly id: string;
  readonly page: PageId;
  /** Draws into `root`. Whatever is started ends when `signal` is aborted; the host element is removed by the caller. */
  mount(root: ShadowRoot, context: FeatureContext, signal: AbortSignal): void;
}
