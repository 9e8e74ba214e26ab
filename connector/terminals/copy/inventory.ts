import type { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { ErrorCode } from "@tandem/contracts/errors.ts";

/** One finger of an enrolment. `digest` tells equal templates from different ones without holding their bytes. */
export interface HeldFinger {
  readonly finger: number;
  /** 0 invalid, 1 valid, 3 duress. */
  readonly flag: number;
  readonly digest: string;
}

/** What a terminal holds for one user. */
export interface Enrolment {
  readonly userId: UserId;
  readonly name: string | null;
  readonly card: string | null;
  readonly privilege: number;
  readonly group: number;
  readonly fingers: readonly HeldFinger[];
}

/** Everything about one terminal that a copy plan depends on, as it was read. */
export interface Inventory {
  readonly terminal: TerminalName;
  readonly idSpace: IdSpaceId;
  readonly fingerprintVersion: string | null;
  readonly enrolments: readonly Enrolment[];
  /** How many more fit; null where the terminal does not say. */
  readonly room: { readonly users: number | null; readonly fingers: number | null };
  /** Why the terminal cannot hold this user ID; null where it can. */
  readonly refuseUserId: (userId: UserId) => ErrorCode | null;
}
