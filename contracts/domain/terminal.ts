import { z } from "zod";

import { IdSpaceId, SerialNumber, TerminalName, UserId } from "./ids.ts";
import { Instant, Zone } from "./time.ts";

/** `tcp://HOST:PORT`, `udp://HOST:PORT` (4370 protocol) or `adms://SERIAL` (push). */
export const TerminalAddress = z
  .string()
  .regex(
    /^((tcp|udp):\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}|adms:\/\/[A-Za-z0-9_-]+)$/,
    "tcp://HOST:PORT, udp://HOST:PORT or adms://SERIAL",
  )
  .refine((address) => {
    const port = /:(\d+)$/.exec(address)?.[1];
    return address.startsWith("adms:") || (port !== undefined && Number(port) >= 1 && Number(port) <= 65535);
  }, "a port between 1 and 65535")
  .brand<"TerminalAddress">();
export type TerminalAddress = z.infer<typeof TerminalAddress>;

/** How in and out are decided for this terminal's punches (design §5.1). */
export const Direction = z.enum(["in", "out", "auto", "state", "parity", "alternate", "first-last", "none"]);
export type Direction = z.infer<typeof Direction>;

/** `shadow`: only the reading commands of design §3.3 may be sent. */
export const TerminalMode = z.enum(["shadow", "active"]);
export type TerminalMode = z.infer<typeof TerminalMode>;

/** Communication key of a terminal, u32 (`zk-pull.md` §1.5); 0 means none. A secret: it never leaves the connector. */
export const CommKey = z.coerce.number().int().min(0).max(0xffff_ffff);

/** What the operator says when adding a terminal. */
export const NewTerminal = z.object({
  name: TerminalName,
  address: TerminalAddress,
  commKey: CommKey.optional(),
  idSpace: IdSpaceId.optional(),
  zone: Zone.optional(),
  direction: Direction.default("auto"),
  machine: z.coerce.number().int().min(0).max(65535).optional(),
  mode: TerminalMode.default("shadow"),
});
export type NewTerminal = z.infer<typeof NewTerminal>;

/** A registered terminal, as lists show it. `address` is null for a terminal known from files only. */
export const TerminalRow = z.object({
  name: TerminalName,
  address: TerminalAddress.nullable(),
  serial: SerialNumber.nullable(),
  idSpace: IdSpaceId,
  zone: Zone,
  direction: Direction,
  machine: z.number().int().nullable(),
  mode: TerminalMode,
  /** End of the last complete read. */
  lastReadAt: Instant.nullable(),
  lastError: z.object({ code: z.string(), at: Instant }).nullable(),
});
export type TerminalRow = z.infer<typeof TerminalRow>;

/** Counts and capacities as the terminal reports them; `null` where it reports nothing usable (`zk-pull.md` §2.8). */
export const TerminalCapacity = z.object({
  users: z.number().nullable(),
  userCapacity: z.number().nullable(),
  fingers: z.number().nullable(),
  fingerCapacity: z.number().nullable(),
  faces: z.number().nullable(),
  faceCapacity: z.number().nullable(),
  punches: z.number().nullable(),
  punchCapacity: z.number().nullable(),
});
export type TerminalCapacity = z.infer<typeof TerminalCapacity>;

/** Result of `terminals check`. */
export const TerminalCheck = z.object({
  serial: SerialNumber.nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  platform: z.string().nullable(),
  fingerprintVersion: z.string().nullable(),
  users: z.number().nullable(),
  fingers: z.number().nullable(),
  punches: z.number().nullable(),
  capacity: TerminalCapacity,
  /** Terminal clock minus this PC's clock in the terminal's zone; null when the terminal shows an impossible time. */
  clockOffsetSeconds: z.number().nullable(),
});
export type TerminalCheck = z.infer<typeof TerminalCheck>;

/** Result of `terminals set-clock`: terminal clock minus this PC's, before and after; null for an impossible time. */
export const ClockSet = z.object({
  name: TerminalName,
  offsetBeforeSeconds: z.number().nullable(),
  offsetAfterSeconds: z.number(),
});
export type ClockSet = z.infer<typeof ClockSet>;

/** A user as a terminal holds it. The uid (slot number) never leaves the driver. */
export const TerminalUserRow = z.object({
  userId: UserId,
  /** Set where the terminal holds no ID for this user: `userId` is then a number that may be somebody else's ID. */
  withoutId: z.literal(true).optional(),
  /** Decoded name, or null where no encoding fits: then it must never be overwritten. */
  name: z.string().nullable(),
  /** Name field as hex, exactly as stored. */
  nameRaw: z.string(),
  card: z.string().nullable(),
  privilege: z.number().int(),
  group: z.number().int(),
  /** Finger slots 0–9 that hold a template; empty unless they were read, which needs consent. */
  fingers: z.array(z.number().int().min(0).max(9)),
});
export type TerminalUserRow = z.infer<typeof TerminalUserRow>;

/** Result of reading one terminal's log into the ledger. `read` = `added` + `known` + `rejected.length`. */
export const PullResult = z.object({
  terminal: TerminalName,
  read: z.number().int(),
  added: z.number().int(),
  known: z.number().int(),
  /** How many of the added punches have no ID link yet. */
  quarantined: z.number().int(),
  rejected: z.array(z.object({ raw: z.string(), reason: z.string() })),
});
export type PullResult = z.infer<typeof PullResult>;
