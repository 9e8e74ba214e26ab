import { z } from "zod";

/** The facts about a sender that the browser vouches for. `url` is not among them: a compromised page can forge it. */
const SenderFacts = z.object({
  id: z.string(),
  // uBlock: "MessageSender.origin is more reliable as it is not spoofable by a compromised renderer."
  origin: z.string(),
  frameId: z.number().optional(),
  tab: z.looseObject({}).optional(),
});

/** Who sent a message: one of our own pages, or our content script in the top frame of a web page. */
export type JudgedSender =
  { readonly kind: "extension" } | { readonly kind: "page"; readonly origin: string } | { readonly kind: "stranger" };

export interface OwnNames {
  /** `runtime.id` */
  readonly id: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly origin: string;
}

/** Judges who sent a message. Whether a page's origin is a granted HR site is the router's question. */
export function judgeSender(sender: unknown, own: OwnNames): JudgedSender {
  const facts = SenderFacts.safeParse(sender);
  if (!facts.success || facts.data.id !== own.id) return { kind: "stranger" };
  const { origin, frameId, tab } = facts.data;
  // Our pages are top-level documents: the popup has no tab, the others fill theirs.
  if (origin === own.origin)
    return frameId === undefined || frameId === 0 ? { kind: "extension" } : { kind: "stranger" };
  return tab !== undefined && frameId === 0 ? { kind: "page", origin } : { kind: "stranger" };
}
