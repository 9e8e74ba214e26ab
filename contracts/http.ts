import { z } from "zod";

import { PairedClient } from "./domain/client.ts";
import { Consent, ConsentCounts, ConsentQuery, NewConsent, Withdrawal, WithdrawalCounts } from "./domain/consent.ts";
import { Discovery, DiscoverRequest, TerminalExamination, TerminalListRow } from "./domain/fleet.ts";
import { HrSite } from "./domain/hr-site.ts";
import { IdLink, NewIdLink } from "./domain/id-link.ts";
import { HrSiteOrigin, JobId, TerminalName } from "./domain/ids.ts";
import { JobRef, JobView, NewJob } from "./domain/job.ts";
import { Person } from "./domain/person.ts";
import { PlanId, PlanOutcome, PlanRow } from "./domain/plan.ts";
import { PunchQuery, PunchRow, QuarantineRow } from "./domain/punch.ts";
import { Status } from "./domain/status.ts";
import { NewTerminal, TerminalRow } from "./domain/terminal.ts";
import { Zone } from "./domain/time.ts";
import type { ErrorCode } from "./errors.ts";
import {
  PairConfirmReply,
  PairConfirmRequest,
  PairStartReply,
  PairStartRequest,
  SessionReply,
  SessionRequest,
} from "./protocol.ts";

/**
 * Who may call a route: `pairing` only while pairing is open, `session-open` with a signed offer, `session` with a
 * signed request, `presence` any paired origin without a signature (and without an answer body).
 */
export type RouteAuth = "pairing" | "session-open" | "session" | "presence";

export interface RouteSpec {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Express path; parameters as `:name`. */
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly auth: RouteAuth;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly request?: z.ZodType;
  readonly reply: z.ZodType | null;
  readonly errors: readonly ErrorCode[];
  /** The body holds credentials, photos or templates and must arrive as a SealedBody. */
  readonly sealed?: boolean;
}

const terminalParams = z.object({ name: TerminalName });
const jobParams = z.object({ id: JobId });
const planParams = z.object({ plan: PlanId });

/** Every route of the connector's API. Server and client types are derived from it, and so is the OpenAPI document. */
export const ROUTES = {
  "health.get": {
    method: "GET",
    path: "/v1/health",
    summary: "Whether a connector listens here; proves nothing about who it is",
    auth: "presence",
    reply: null,
    errors: [],
  },
  "pair.start": {
    method: "POST",
    path: "/v1/pair/start",
    summary: "First half of pairing",
    auth: "pairing",
    request: PairStartRequest,
    reply: PairStartReply,
    errors: ["pairing.not-open", "pairing.protocol", "pairing.expired", "pairing.too-many-attempts"],
  },
  "pair.confirm": {
    method: "POST",
    path: "/v1/pair/confirm",
    summary: "Second half of pairing: both sides prove that they know the code",
    auth: "pairing",
    request: PairConfirmRequest,
    reply: PairConfirmReply,
    errors: ["pairing.not-open", "pairing.wrong-code", "pairing.expired", "pairing.too-many-attempts"],
  },
  "session.open": {
    method: "POST",
    path: "/v1/session",
    summary: "Open a session; the connector proves its identity in the reply",
    auth: "session-open",
    request: SessionRequest,
    reply: SessionReply,
    errors: [
      "pairing.protocol",
      "pairing.client-unknown",
      "pairing.client-revoked",
      "pairing.bad-signature",
      "pairing.replayed",
      "request.rate",
    ],
  },
  "openapi.get": {
    method: "GET",
    path: "/v1/openapi.json",
    summary: "This document",
    auth: "session",
    reply: z.record(z.string(), z.unknown()),
    errors: [],
  },
  "status.get": {
    method: "GET",
    path: "/v1/status",
    summary: "Numbers for the popup and the Tandem button",
    auth: "session",
    reply: Status,
    errors: [],
  },
  "client.get": {
    method: "GET",
    path: "/v1/client",
    summary: "This browser's own pairing",
    auth: "session",
    reply: PairedClient,
    errors: [],
  },
  "terminals.list": {
    method: "GET",
    path: "/v1/terminals",
    summary: "Registered terminals",
    auth: "session",
    reply: z.object({ terminals: z.array(TerminalListRow) }),
    errors: [],
  },
  "terminals.add": {
    method: "POST",
    path: "/v1/terminals",
    summary: "Register a terminal",
    auth: "session",
    sealed: true,
    request: NewTerminal,
    reply: TerminalRow,
    errors: ["terminal.exists", "terminal.unsupported-address"],
  },
  "terminals.remove": {
    method: "DELETE",
    path: "/v1/terminals/:name",
    summary: "Forget a terminal; its punches stay",
    auth: "session",
    params: terminalParams,
    reply: null,
    errors: ["terminal.unknown", "terminal.busy"],
  },
  "terminals.check": {
    method: "POST",
    path: "/v1/terminals/:name/check",
    summary: "Ask a terminal who it is, what it holds and what time it has",
    auth: "session",
    params: terminalParams,
    reply: TerminalExamination,
    errors: ["terminal.unknown", "terminal.unreachable", "terminal.timeout", "terminal.busy"],
  },
  "terminals.discover": {
    method: "POST",
    path: "/v1/terminals/discover",
    summary: "Look for terminals on a private network that the operator names; a /24 takes some ten seconds",
    auth: "session",
    request: DiscoverRequest,
    reply: Discovery,
    errors: ["fleet.network-invalid", "fleet.network-too-large", "fleet.network-public", "request.rate"],
  },
  "punches.list": {
    method: "GET",
    path: "/v1/punches",
    summary: "Punches of the ledger with their delivery",
    auth: "session",
    query: PunchQuery,
    reply: z.object({ punches: z.array(PunchRow) }),
    errors: ["terminal.unknown"],
  },
  "quarantine.list": {
    method: "GET",
    path: "/v1/quarantine",
    summary: "User IDs that have no person yet, with their waiting punches",
    auth: "session",
    reply: z.object({ ids: z.array(QuarantineRow) }),
    errors: [],
  },
  "people.list": {
    method: "GET",
    path: "/v1/people",
    summary: "People known to the connector",
    auth: "session",
    reply: z.object({ people: z.array(Person) }),
    errors: [],
  },
  "ids.list": {
    method: "GET",
    path: "/v1/ids",
    summary: "ID links",
    auth: "session",
    reply: z.object({ links: z.array(IdLink) }),
    errors: [],
  },
  "ids.link": {
    method: "POST",
    path: "/v1/ids",
    summary: "Link a user ID to a person",
    auth: "session",
    request: NewIdLink,
    reply: IdLink,
    errors: ["ids.overlap", "people.unknown"],
  },
  "consents.list": {
    method: "GET",
    path: "/v1/consents",
    summary: "Who agreed to the use of which data: every record, oldest first",
    auth: "session",
    query: ConsentQuery,
    reply: z.object({ consents: z.array(Consent) }),
    errors: ["people.unknown"],
  },
  "consents.record": {
    method: "POST",
    path: "/v1/consents",
    summary: "Record that people agreed to a text, for all of them or for none",
    auth: "session",
    request: NewConsent,
    reply: ConsentCounts,
    errors: ["people.unknown", "consent.biometrics-off"],
  },
  "consents.withdraw": {
    method: "POST",
    path: "/v1/consents/withdraw",
    summary: "Record that people withdrew; what is sealed of these data is destroyed with it",
    auth: "session",
    request: Withdrawal,
    reply: WithdrawalCounts,
    errors: ["people.unknown"],
  },
  "plans.list": {
    method: "GET",
    path: "/v1/plans",
    summary: "Recent plans for terminals, newest first; a job makes and applies them",
    auth: "session",
    reply: z.object({ plans: z.array(PlanRow) }),
    errors: [],
  },
  "plans.get": {
    method: "GET",
    path: "/v1/plans/:plan",
    summary: "What a plan does to each person on each terminal, and what became of it",
    auth: "session",
    params: planParams,
    reply: PlanOutcome,
    errors: ["plan.unknown"],
  },
  "hr.sites": {
    method: "GET",
    path: "/v1/hr/sites",
    summary: "The connected HR site",
    auth: "session",
    reply: z.object({ sites: z.array(HrSite) }),
    errors: [],
  },
  "hr.zone": {
    method: "PUT",
    path: "/v1/hr/zone",
    summary: "The HR site's time zone, as its page states it (`frappe.boot.time_zone.system`)",
    auth: "session",
    request: z.object({ origin: HrSiteOrigin, zone: Zone }),
    reply: z.object({ sites: z.array(HrSite) }),
    errors: ["hr.not-connected"],
  },
  "jobs.start": {
    method: "POST",
    path: "/v1/jobs",
    summary: "Start long work",
    auth: "session",
    request: NewJob,
    reply: JobRef,
    errors: ["terminal.unknown", "plan.unknown", "hr.not-connected"],
  },
  "jobs.list": {
    method: "GET",
    path: "/v1/jobs",
    summary: "Recent jobs, newest first",
    auth: "session",
    reply: z.object({ jobs: z.array(JobView) }),
    errors: [],
  },
  "jobs.get": {
    method: "GET",
    path: "/v1/jobs/:id",
    summary: "Progress and per-item results of a job",
    auth: "session",
    params: jobParams,
    reply: JobView,
    errors: ["jobs.unknown"],
  },
  "jobs.retry": {
    method: "POST",
    path: "/v1/jobs/:id/retry",
    summary: "Run the failed items of a job again",
    auth: "session",
    params: jobParams,
    reply: JobRef,
    errors: ["jobs.unknown", "jobs.nothing-to-retry"],
  },
  "jobs.cancel": {
    method: "POST",
    path: "/v1/jobs/:id/cancel",
    summary: "Stop a job at the next safe point",
    auth: "session",
    params: jobParams,
    reply: JobRef,
    errors: ["jobs.unknown", "jobs.finished"],
  },
} as const satisfies Record<string, RouteSpec>;

export type RouteId = keyof typeof ROUTES;

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<Id extends RouteId, Key extends string> = (typeof ROUTES)[Id] extends Record<Key, infer T> ? T : undefined;

/** What a client passes. */
export interface RouteInput<Id extends RouteId> {
  readonly params: Input<Part<Id, "params">>;
  readonly query: Input<Part<Id, "query">>;
  readonly body: Input<Part<Id, "request">>;
}

/** What a handler gets, after validation. */
export interface RouteParsed<Id extends RouteId> {
  readonly params: Output<Part<Id, "params">>;
  readonly query: Output<Part<Id, "query">>;
  readonly body: Output<Part<Id, "request">>;
}

export type RouteReply<Id extends RouteId> = Output<Part<Id, "reply">>;

/** Error body of every route, `application/problem+json` (RFC 9457) with the product's code. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type Problem = z.infer<typeof Problem>;

/** Limits of the API server. */
export const LIMITS = { jsonBytes: 1024 * 1024, requestsPerSecond: 50, headerTimeoutMs: 10_000 } as const;
