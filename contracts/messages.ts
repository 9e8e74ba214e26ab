import { z } from "zod";

import { HrSiteOrigin, JobId, TerminalName } from "./domain/ids.ts";
import { JobRef, JobView } from "./domain/job.ts";
import { Status } from "./domain/status.ts";
import { Zone } from "./domain/time.ts";
import { Problem } from "./http.ts";

/** More than two states, because "off" and "blocked by the browser" need different help (`browser-and-localhost.md` §1.2). */
export const ConnectorState = z.enum(["online", "offline", "blocked", "unpaired"]);
export type ConnectorState = z.infer<typeof ConnectorState>;

/** A registered HR site of this browser, and whether its permission is (still) granted. */
export const GrantedSite = z.object({ origin: HrSiteOrigin, kind: z.enum(["frappe"]), granted: z.boolean() });
export type GrantedSite = z.infer<typeof GrantedSite>;

/**
 * Who may send a message: `page` = a content script in a granted HR origin's top frame, or an extension page;
 * `extension` = an extension page only.
 */
export type MessageSource = "page" | "extension";

export interface MessageSpec {
  readonly from: MessageSource;
  readonly request: z.ZodObject;
  readonly reply: z.ZodType;
  /** A passive message never causes a prompt and never starts work (Zotero's distinction). */
  readonly passive: boolean;
}

/** Every message the background answers. Closed: anything else is refused, and there is no generic "fetch this". */
export const MESSAGES = {
  "state.get": {
    from: "page",
    passive: true,
    request: z.object({}),
    reply: z.object({ state: ConnectorState, status: Status.nullable() }),
  },
  "site.seen": {
    from: "page",
    passive: true,
    request: z.object({ zone: Zone }),
    reply: z.object({}),
  },
  "pull.start": {
    from: "page",
    passive: false,
    request: z.object({ terminals: z.array(TerminalName).default([]) }),
    reply: JobRef,
  },
  "job.get": { from: "page", passive: true, request: z.object({ id: JobId }), reply: JobView },
  "job.retry": { from: "page", passive: false, request: z.object({ id: JobId }), reply: JobRef },
  "job.cancel": { from: "page", passive: false, request: z.object({ id: JobId }), reply: JobRef },
  "setup.open": { from: "page", passive: false, request: z.object({}), reply: z.object({}) },
  "pair.start": {
    from: "extension",
    passive: false,
    request: z.object({ code: z.string().min(1).max(40), label: z.string().min(1).max(80) }),
    reply: z.object({ fingerprint: z.string() }),
  },
  "pair.forget": { from: "extension", passive: false, request: z.object({}), reply: z.object({}) },
  "sites.list": {
    from: "extension",
    passive: true,
    request: z.object({}),
    reply: z.object({ sites: z.array(GrantedSite) }),
  },
  "sites.add": {
    from: "extension",
    passive: false,
    request: z.object({ origin: HrSiteOrigin }),
    reply: z.object({ sites: z.array(GrantedSite) }),
  },
  "sites.remove": {
    from: "extension",
    passive: false,
    request: z.object({ origin: HrSiteOrigin }),
    reply: z.object({ sites: z.array(GrantedSite) }),
  },
} as const satisfies Record<string, MessageSpec>;

export type MessageId = keyof typeof MESSAGES;
export type MessageRequest<Id extends MessageId> = z.input<(typeof MESSAGES)[Id]["request"]>;
export type MessageParsed<Id extends MessageId> = z.output<(typeof MESSAGES)[Id]["request"]>;
export type MessageReply<Id extends MessageId> = z.output<(typeof MESSAGES)[Id]["reply"]>;

/** What crosses `runtime.sendMessage`: never an exception, because browsers lose its class on the way. */
export const Envelope = z.object({ type: z.string(), body: z.unknown() });
export type MessageOutcome<Id extends MessageId> =
  { readonly ok: true; readonly reply: MessageReply<Id> } | { readonly ok: false; readonly problem: Problem };
