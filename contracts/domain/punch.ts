import { z } from "zod";

import { IdSpaceId, PersonId, TerminalName, UserId } from "./ids.ts";
import { LocalDate, LocalDateTime } from "./time.ts";

/** State of one punch towards the HR app. */
export const DeliveryState = z.enum([
  /** No ID link covers it yet. */
  "quarantined",
  /** Linked; waits to be sent. */
  "pending",
  /** Not to be sent for now; `reason` says why. */
  "held",
  /** In the HR app, put there by Tandem. */
  "delivered",
  /** In the HR app already, put there by somebody else. */
  "duplicate",
  /** Folded into an event that another punch of the same person and second carries. */
  "merged",
  /** The HR app refuses it for good; `reason` says why. */
  "refused",
  /** Could not be sent; will be tried again. */
  "failed",
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why a punch is held. */
export const HoldReason = z.enum([
  "person-left",
  "person-suspended",
  "person-inactive",
  "before-joining",
  "after-leaving",
  "future",
  "impossible-date",
  "no-hr-site",
  "unknown-person",
]);
export type HoldReason = z.infer<typeof HoldReason>;

export const LogType = z.enum(["IN", "OUT", ""]);
export type LogType = z.infer<typeof LogType>;

export const DeliveryView = z.object({
  state: DeliveryState,
  /** A HoldReason, an error code, or null. */
  reason: z.string().nullable(),
  /** The HR app's record that carries the punch, e.g. `EMP-CKIN-11-2026-000262`. */
  record: z.string().nullable(),
  deliveredAt: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** One row per natural key; `count` says how often the terminal holds it. */
export const PunchRow = z.object({
  id: z.string(),
  /** The row's name in its file, or serial number and place in the log (design §5.2). */
  rawId: z.string(),
  terminal: TerminalName,
  idSpace: IdSpaceId,
  userId: UserId,
  /** Null when the terminal's record holds an impossible date; `raw` then has the bytes. */
  at: LocalDateTime.nullable(),
  raw: z.string().optional(),
  verify: z.number().int(),
  state: z.number().int(),
  count: z.number().int().min(1),
  personId: PersonId.nullable(),
  delivery: DeliveryView,
});
export type PunchRow = z.infer<typeof PunchRow>;

export const PunchQuery = z.object({
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  person: PersonId.optional(),
  terminal: TerminalName.optional(),
  state: DeliveryState.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
export type PunchQuery = z.infer<typeof PunchQuery>;

/** Unlinked user IDs with how many punches wait for each. */
export const QuarantineRow = z.object({
  idSpace: IdSpaceId,
  userId: UserId,
  punches: z.number().int(),
  first: LocalDateTime.nullable(),
  last: LocalDateTime.nullable(),
  terminals: z.array(TerminalName),
});
export type QuarantineRow = z.infer<typeof QuarantineRow>;

/** Result of one delivery round, counted in punches. */
export const DeliverResult = z.object({
  delivered: z.number().int(),
  duplicate: z.number().int(),
  held: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
});
export type DeliverResult = z.infer<typeof DeliverResult>;
