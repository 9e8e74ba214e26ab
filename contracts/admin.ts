import { z } from "zod";

import { AuditVerdict } from "./domain/audit.ts";
import { PairedClient } from "./domain/client.ts";
import { Consent, ConsentCounts, ConsentQuery, NewConsent, Withdrawal, WithdrawalCounts } from "./domain/consent.ts";
import {
  Discovery,
  DiscoverRequest,
  LiveSetting,
  MoveAddress,
  TerminalExamination,
  TerminalListRow,
} from "./domain/fleet.ts";
import { HrCheck, HrSite } from "./domain/hr-site.ts";
import { IdLink, NewIdLink } from "./domain/id-link.ts";
import { ClientId, IdSpaceId, JobId, PersonId, TerminalName, UserId } from "./domain/ids.ts";
import { JobRef, JobView } from "./domain/job.ts";
import { Person } from "./domain/person.ts";
import {
  CopyRequest,
  MoveRequest,
  PlanId,
  PlanKind,
  PlanOutcome,
  PlanPreview,
  PlanRow,
  RemoveRequest,
} from "./domain/plan.ts";
import {
  ExportRequest,
  ExportResult,
  FileBytes,
  ImportRequest,
  ImportResult,
  TemplateImportRequest,
  TemplateImportResult,
} from "./domain/punch-file.ts";
import { DeliverResult, PunchQuery, PunchRow } from "./domain/punch.ts";
import { Status } from "./domain/status.ts";
import { ClockSet, NewTerminal, PullResult, TerminalMode, TerminalRow, TerminalUserRow } from "./domain/terminal.ts";
import { Instant, Zone } from "./domain/time.ts";
import { VaultErased, VaultErasure, VaultStatus, VaultSwitch, VaultSwitched } from "./domain/vault.ts";

export interface AdminSpec {
  readonly request: z.ZodObject;
  readonly reply: z.ZodType;
  /** May run in the CLI's own process when no connector is running. */
  readonly offline: boolean;
}

const none = z.object({});
const fileText = z.object({ file: z.string(), text: z.string() });

/**
 * Commands of the local admin channel (unix socket or named pipe in the data folder). The operating system's file
 * rights are its guard; no web page can reach it. `tandem …` is a thin client of this map.
 */
export const ADMIN = {
  status: { offline: false, request: none, reply: Status },
  pair: { offline: false, request: none, reply: z.object({ code: z.string(), expiresAt: Instant }) },
  "clients.list": { offline: true, request: none, reply: z.object({ clients: z.array(PairedClient) }) },
  "clients.revoke": {
    offline: true,
    request: z.object({ clientId: ClientId }),
    reply: z.object({ clients: z.array(PairedClient) }),
  },
  "terminals.add": { offline: true, request: NewTerminal, reply: TerminalRow },
  "terminals.list": { offline: true, request: none, reply: z.object({ terminals: z.array(TerminalListRow) }) },
  "terminals.check": { offline: true, request: z.object({ name: TerminalName }), reply: TerminalExamination },
  "terminals.set-clock": { offline: true, request: z.object({ name: TerminalName }), reply: ClockSet },
  "terminals.set-mode": {
    offline: true,
    request: z.object({ name: TerminalName, mode: TerminalMode }),
    reply: TerminalRow,
  },
  "terminals.live": { offline: true, request: LiveSetting, reply: LiveSetting },
  "terminals.discover": { offline: true, request: DiscoverRequest, reply: Discovery },
  "terminals.move-address": { offline: true, request: MoveAddress, reply: TerminalRow },
  "terminals.pull": { offline: true, request: z.object({ name: TerminalName }), reply: PullResult },
  "terminals.pull-all": {
    offline: true,
    request: none,
    reply: z.object({
      pulls: z.array(PullResult),
      failed: z.array(
        z.object({ terminal: TerminalName, code: z.string(), details: z.record(z.string(), z.unknown()) }),
      ),
    }),
  },
  "terminals.remove": {
    offline: true,
    request: z.object({ name: TerminalName, giveUpMoves: z.boolean().default(false) }),
    reply: z.object({ terminals: z.array(TerminalListRow) }),
  },
  "users.list": {
    offline: true,
    request: z.object({ terminal: TerminalName, fingers: z.boolean().default(true) }),
    reply: z.object({ users: z.array(TerminalUserRow) }),
  },
  "copy.plan": { offline: true, request: CopyRequest, reply: PlanPreview },
  "move.plan": { offline: true, request: MoveRequest, reply: PlanPreview },
  "leavers.plan": { offline: true, request: RemoveRequest, reply: PlanPreview },
  "plans.apply": { offline: true, request: z.object({ plan: PlanId, kind: PlanKind }), reply: PlanOutcome },
  "plans.list": { offline: true, request: none, reply: z.object({ plans: z.array(PlanRow) }) },
  "plans.show": { offline: true, request: z.object({ plan: PlanId }), reply: PlanOutcome },
  "people.import": {
    offline: true,
    request: fileText,
    reply: z.object({ read: z.number(), added: z.number(), updated: z.number(), same: z.number() }),
  },
  "people.sync": {
    offline: true,
    request: none,
    reply: z.object({ read: z.number(), added: z.number(), updated: z.number(), same: z.number(), gone: z.number() }),
  },
  "people.list": { offline: true, request: none, reply: z.object({ people: z.array(Person) }) },
  "ids.import": {
    offline: true,
    request: fileText,
    reply: z.object({ read: z.number(), added: z.number(), same: z.number(), released: z.number() }),
  },
  "ids.link": { offline: true, request: NewIdLink, reply: IdLink },
  "ids.unlink": {
    offline: true,
    request: z.object({ idSpace: IdSpaceId, userId: UserId, personId: PersonId, why: z.string().max(500).default("") }),
    reply: z.object({ removed: z.number() }),
  },
  "ids.list": { offline: true, request: none, reply: z.object({ links: z.array(IdLink) }) },
  "consent.record": { offline: true, request: NewConsent, reply: ConsentCounts },
  "consent.withdraw": { offline: true, request: Withdrawal, reply: WithdrawalCounts },
  "consent.list": { offline: true, request: ConsentQuery, reply: z.object({ consents: z.array(Consent) }) },
  "vault.status": { offline: true, request: none, reply: VaultStatus },
  "vault.keep": { offline: true, request: VaultSwitch, reply: VaultSwitched },
  "vault.biometrics": { offline: true, request: VaultSwitch, reply: VaultSwitched },
  "vault.erase": { offline: true, request: VaultErasure, reply: VaultErased },
  "vault.recovery-key": { offline: true, request: none, reply: z.object({ recoveryKey: z.string() }) },
  "users.list-file": {
    offline: true,
    request: FileBytes,
    reply: z.object({ users: z.array(TerminalUserRow) }),
  },
  "vault.import-templates": { offline: true, request: TemplateImportRequest, reply: TemplateImportResult },
  "punches.import": { offline: true, request: ImportRequest, reply: ImportResult },
  "punches.export": { offline: true, request: ExportRequest, reply: ExportResult },
  "punches.list": { offline: true, request: PunchQuery, reply: z.object({ punches: z.array(PunchRow) }) },
  "hr.connect": {
    offline: true,
    request: z.object({
      kind: z.literal("frappe"),
      url: z.string().min(1).max(500),
      apiKey: z.string().min(1).max(200),
      apiSecret: z.string().min(1).max(200),
      zone: Zone.optional(),
    }),
    reply: HrCheck,
  },
  "hr.check": { offline: true, request: none, reply: HrCheck },
  "hr.deliver": { offline: true, request: none, reply: DeliverResult },
  "hr.status": {
    offline: true,
    request: none,
    reply: z.object({
      sites: z.array(HrSite),
      quarantined: z.number(),
      undelivered: z.number(),
      states: z.record(z.string(), z.number()),
    }),
  },
  "jobs.list": { offline: true, request: none, reply: z.object({ jobs: z.array(JobView) }) },
  "jobs.show": { offline: true, request: z.object({ id: JobId }), reply: JobView },
  "jobs.retry": { offline: false, request: z.object({ id: JobId }), reply: JobRef },
  "jobs.cancel": { offline: false, request: z.object({ id: JobId }), reply: JobRef },
  "audit.verify": { offline: true, request: none, reply: AuditVerdict },
  doctor: {
    offline: true,
    request: none,
    reply: z.object({
      findings: z.array(
        z.object({
          id: z.string(),
          ok: z.boolean(),
          code: z.string().nullable(),
          details: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
} as const satisfies Record<string, AdminSpec>;

export type AdminCommand = keyof typeof ADMIN;
export type AdminInput<C extends AdminCommand> = z.input<(typeof ADMIN)[C]["request"]>;
export type AdminRequest<C extends AdminCommand> = z.output<(typeof ADMIN)[C]["request"]>;
export type AdminReply<C extends AdminCommand> = z.output<(typeof ADMIN)[C]["reply"]>;
