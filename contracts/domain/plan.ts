import { z } from "zod";

import { PersonId, TerminalName, UserId } from "./ids.ts";
import { Instant } from "./time.ts";

/** Name of a plan, short enough to be typed: `P-0012`. */
export const PlanId = z
  .string()
  .regex(/^P-\d{4,9}$/, "a plan such as P-0012")
  .brand<"PlanId">();
export type PlanId = z.infer<typeof PlanId>;

/** `copy`: people to terminals. `move`: people to their new user IDs. `remove`: those who left, off terminals. */
export const PlanKind = z.enum(["copy", "move", "remove"]);
export type PlanKind = z.infer<typeof PlanKind>;

/** What is to happen to one person on one terminal, or why nothing does. */
export const PlanAction = z.enum([
  "add",
  "update",
  "move",
  "remove",
  "same",
  "conflict",
  "incompatible",
  "full",
  "refused",
]);
export type PlanAction = z.infer<typeof PlanAction>;

/** `skipped`: nothing was to be done. Null while it is unfinished. */
export const PlanResult = z.enum(["verified", "failed", "skipped"]);
export type PlanResult = z.infer<typeof PlanResult>;

const Details = z.record(z.string(), z.unknown());

/** One (person, terminal) of a plan. */
export const PlanItem = z.object({
  /** Null where nobody is linked to the user ID. */
  personId: PersonId.nullable(),
  /** Null where the person has no ID in this ID space. */
  userId: UserId.nullable(),
  /** The ID a move leads to; null otherwise. */
  newUserId: UserId.nullable(),
  terminal: TerminalName,
  action: PlanAction,
  /** Code of the reason; null where something is to be done, or nothing needs to be. */
  reason: z.string().nullable(),
  details: Details,
  /** Finger slots to write or to move. */
  fingers: z.array(z.number().int().min(0).max(9)),
});
export type PlanItem = z.infer<typeof PlanItem>;

/** The same, with what became of it. `code` says why it failed. */
export const AppliedItem = PlanItem.extend({
  result: PlanResult.nullable(),
  code: z.string().nullable(),
});
export type AppliedItem = z.infer<typeof AppliedItem>;

/** A preview: nothing has been written. */
export const PlanPreview = z.object({ plan: PlanId, kind: PlanKind, items: z.array(PlanItem) });
export type PlanPreview = z.infer<typeof PlanPreview>;

/** `unfinished`: items that nothing became of yet, for example because the terminal could not be reached. */
export const PlanOutcome = z.object({
  plan: PlanId,
  kind: PlanKind,
  done: z.number().int(),
  failed: z.number().int(),
  unfinished: z.number().int(),
  items: z.array(AppliedItem),
});
export type PlanOutcome = z.infer<typeof PlanOutcome>;

export const PlanRow = z.object({
  plan: PlanId,
  kind: PlanKind,
  createdAt: Instant,
  actor: z.string(),
  items: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  unfinished: z.number().int(),
});
export type PlanRow = z.infer<typeof PlanRow>;

/** People by the HR app's ids, or all whom the source holds. */
const Whom = z.union([z.literal("all"), z.array(PersonId).min(1).max(50_000)]);

/** Where enrolments come from: a terminal, or the vault's kept copies. */
export const CopySource = z.union([z.literal("vault"), TerminalName]);
export type CopySource = z.infer<typeof CopySource>;

export const CopyRequest = z.object({
  from: CopySource,
  to: z.array(TerminalName).min(1).max(1_000),
  people: Whom.default("all"),
  /** What travels besides the name. Without fingerprints no consent is needed. */
  fingers: z.boolean().default(true),
  cards: z.boolean().default(false),
  passwords: z.boolean().default(false),
});
export type CopyRequest = z.infer<typeof CopyRequest>;

export const MoveRequest = z.object({
  terminals: z.array(TerminalName).min(1).max(1_000),
  people: Whom.default("all"),
});
export type MoveRequest = z.infer<typeof MoveRequest>;

/** Days after the last working day before somebody is removed from terminals, unless the operator says otherwise. */
export const REMOVAL_DELAY_DAYS = 7;

export const RemoveRequest = z.object({
  /** Empty: every terminal with an address. */
  terminals: z.array(TerminalName).max(1_000).default([]),
  people: Whom.default("all"),
  /** Never coerced: an empty text or null must not become "at once". */
  afterDays: z.number().int().min(0).max(3_650).default(REMOVAL_DELAY_DAYS),
});
export type RemoveRequest = z.infer<typeof RemoveRequest>;
