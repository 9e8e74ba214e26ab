import { z } from "zod";

import type { Catalogue } from "./catalogue/shape.ts";
import { HrSite } from "./domain/hr-site.ts";
import { HrSiteOrigin, JobId, TerminalName } from "./domain/ids.ts";
import { JobRef, JobView } from "./domain/job.ts";
import { Status } from "./domain/status.ts";
import { TerminalRow } from "./domain/terminal.ts";
import { Instant, Zone } from "./domain/time.ts";
import { Problem } from "./http.ts";

/** More than two states, because "off" and "blocked by the browser" need different help (`browser-and-localhost.md` §1.2). */
export const ConnectorState = z.enum(["online", "offline", "blocked", "unpaired"]);
export type ConnectorState = z.infer<typeof ConnectorState>;

/** What a surface needs to show the connector: numbers only while online, and why otherwise where more is known. */
export const ConnectorReport = z.object({
  state: ConnectorState,
  status: Status.nullable(),
  problem: Problem.nullable(),
});
export type ConnectorReport = z.infer<typeof ConnectorReport>;

/** A registered HR site of this browser, and whether its permission is (still) granted. */
export const GrantedSite = z.object({ origin: HrSiteOrigin, kind: z.enum(["frappe"]), granted: z.boolean() });
export type GrantedSite = z.infer<typeof GrantedSite>;

/** Public facts of this browser's pairing; the keys never leave the background. */
export const Pairing = z.object({
  label: z.string(),
  /** Four words; the connector shows the same ones. */
  fingerprint: z.string(),
  port: z.number().int(),
  pairedAt: Instant,
});
export type Pairing = z.infer<typeof Pairing>;

/** `auto` follows the HR site, and on the extension's own pages the browser. */
export const LanguageChoice = z.enum(["auto", "vi", "en"]);
export type LanguageChoice = z.infer<typeof LanguageChoice>;

const Language = z.enum(["vi", "en"]);

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

const sitesReply = z.object({ sites: z.array(GrantedSite) });
const settings = z.object({ language: LanguageChoice });

/** Every message the background answers. Closed: anything else is refused, and there is no generic "fetch this". */
export const MESSAGES = {
  "state.get": { from: "page", passive: true, request: z.strictObject({}), reply: ConnectorReport },
  /**
   * The texts of a page's surfaces, in the user's language or else in the page's. Sent, so that the script which runs in
   * every page of the HR app does not carry every text of the product.
   */
  "texts.get": {
    from: "page",
    passive: true,
    request: z.strictObject({ pageLanguage: Language }),
    reply: z.object({ language: Language, catalogue: z.custom<Catalogue>() }),
  },
  "settings.get": { from: "extension", passive: true, request: z.strictObject({}), reply: settings },
  "settings.set": { from: "extension", passive: false, request: settings.strict(), reply: settings },
  "site.seen": { from: "page", passive: true, request: z.strictObject({ zone: Zone }), reply: z.object({}) },
  "pull.start": {
    from: "page",
    passive: false,
    request: z.strictObject({ terminals: z.array(TerminalName).max(1000).default([]) }),
    reply: JobRef,
  },
  /** The newest reading of terminals, so that a page opened again finds what is running or how it ended. */
  "pull.current": {
    from: "page",
    passive: true,
    request: z.strictObject({}),
    reply: z.object({ job: JobView.nullable() }),
  },
  "job.get": { from: "page", passive: true, request: z.strictObject({ id: JobId }), reply: JobView },
  "job.retry": { from: "page", passive: false, request: z.strictObject({ id: JobId }), reply: JobRef },
  "job.cancel": { from: "page", passive: false, request: z.strictObject({ id: JobId }), reply: JobRef },
  "setup.open": { from: "page", passive: false, request: z.strictObject({}), reply: z.object({}) },
  "pair.start": {
    from: "extension",
    passive: false,
    request: z.strictObject({ code: z.string().min(1).max(40), label: z.string().trim().min(1).max(80) }),
    reply: z.object({ fingerprint: z.string() }),
  },
  "pair.forget": { from: "extension", passive: false, request: z.strictObject({}), reply: z.object({}) },
  "pairing.get": {
    from: "extension",
    passive: true,
    request: z.strictObject({}),
    reply: z.object({ pairing: Pairing.nullable() }),
  },
  "sites.list": { from: "extension", passive: true, request: z.strictObject({}), reply: sitesReply },
  "sites.add": {
    from: "extension",
    passive: false,
    request: z.strictObject({ origin: HrSiteOrigin }),
    reply: sitesReply,
  },
  "sites.remove": {
    from: "extension",
    passive: false,
    request: z.strictObject({ origin: HrSiteOrigin }),
    reply: sitesReply,
  },
  "terminals.list": {
    from: "extension",
    passive: true,
    request: z.strictObject({}),
    reply: z.object({ terminals: z.array(TerminalRow) }),
  },
  "hr.sites": {
    from: "extension",
    passive: true,
    request: z.strictObject({}),
    reply: z.object({ sites: z.array(HrSite) }),
  },
} as const satisfies Record<string, MessageSpec>;

export type MessageId = keyof typeof MESSAGES;
export type MessageRequest<Id extends MessageId> = z.input<(typeof MESSAGES)[Id]["request"]>;
export type MessageParsed<Id extends MessageId> = z.output<(typeof MESSAGES)[Id]["request"]>;
export type MessageReply<Id extends MessageId> = z.output<(typeof MESSAGES)[Id]["reply"]>;

export function isMessageId(type: string): type is MessageId {
  return Object.hasOwn(MESSAGES, type);
}

/** What crosses `runtime.sendMessage`: never an exception, because browsers lose its class on the way. */
export const Envelope = z.strictObject({ type: z.string(), body: z.unknown() });
export type MessageOutcome<Id extends MessageId> =
  { readonly ok: true; readonly reply: MessageReply<Id> } | { readonly ok: false; readonly problem: Problem };
