import { z } from "zod";

import { SerialNumber, TerminalName } from "./ids.ts";
import { TerminalAddress } from "./terminal.ts";

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
