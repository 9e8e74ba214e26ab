import { z } from "zod";

import { SerialNumber, TerminalName } from "./ids.ts";
import { TerminalAddress, TerminalCheck, TerminalRow } from "./terminal.ts";
import { Instant } from "./time.ts";

/** What `terminals discover` is asked for. */
export const DiscoverRequest = z.object({
  /** IPv4 network such as `192.168.1.0/24`. */
  network: z.string().min(1).max(64),
  port: z.coerce.number().int().min(1).max(65535).default(4370),
  /** Takes over the new address of a registered terminal that is recognised by its serial number. */
  follow: z.boolean().default(false),
});
export type DiscoverRequest = z.infer<typeof DiscoverRequest>;

/** The registered terminal with the serial number that answered. */
export const KnownTerminal = z.object({
  name: TerminalName,
  /** Address on record when it was found. */
  address: TerminalAddress.nullable(),
  /** Null where it cannot be told from the address on record, which is a host name or a serial number. */
  addressDiffers: z.boolean().nullable(),
  /** Whether the address on record was changed to where it was found. */
  followed: z.boolean(),
});
export type KnownTerminal = z.infer<typeof KnownTerminal>;

/** What answers at one address. `state` is `terminal`, or the code of the reason why it could not be identified. */
export const FoundTerminal = z.object({
  address: TerminalAddress,
  state: z.string(),
  serial: SerialNumber.nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  known: KnownTerminal.nullable(),
});
export type FoundTerminal = z.infer<typeof FoundTerminal>;

/** Result of `terminals discover`: only addresses where something listens. */
export const Discovery = z.object({ searched: z.number().int(), found: z.array(FoundTerminal) });
export type Discovery = z.infer<typeof Discovery>;

export const MoveAddress = z.object({ name: TerminalName, address: TerminalAddress });
export type MoveAddress = z.infer<typeof MoveAddress>;

/** Something about a terminal that somebody should look at; its text and what to do stand under the code. */
export const TerminalWarning = z.object({
  code: z.string(),
  /** When it was found. */
  at: Instant,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TerminalWarning = z.infer<typeof TerminalWarning>;

/** What the readings of a terminal tell. The defaults stand for a connector of the version before. */
export const TerminalHealth = z.object({
  /** Punches are listened for as they happen. */
  live: z.boolean().default(false),
  /** Whole days until the log is full at the present pace, 0 when it is; null while that is unknown. */
  daysUntilFull: z.number().int().nullable().default(null),
  warnings: z.array(TerminalWarning).default([]),
});
export type TerminalHealth = z.infer<typeof TerminalHealth>;

/** A line of `terminals list`. */
export const TerminalListRow = z.object({ ...TerminalRow.shape, ...TerminalHealth.shape });
export type TerminalListRow = z.infer<typeof TerminalListRow>;

/** Result of `terminals check`, with what earlier readings tell and how the clocks compare. */
export const TerminalExamination = z.object({
  ...TerminalCheck.shape,
  ...TerminalHealth.shape,
  /** Terminal clock minus the HR server's; null without an HR site that answers. */
  hrClockOffsetSeconds: z.number().nullable().default(null),
  /** This PC's clock minus the HR server's. */
  pcClockOffsetSeconds: z.number().nullable().default(null),
});
export type TerminalExamination = z.infer<typeof TerminalExamination>;

export const LiveSetting = z.object({ name: TerminalName, live: z.boolean() });
export type LiveSetting = z.infer<typeof LiveSetting>;
