import type { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";

import type { UserIdRefusal } from "../user-id-rules.ts";

/** One finger of an enrolment. `digest` tells equal templates from different ones without holding their bytes. */
export interface HeldFinger {
  readonly finger: number;
  /** 0 invalid, 1 valid, 3 duress; null where it was not told. */
  readonly flag: number | null;
  readonly digest: string;
}

/** What a terminal, or the vault, holds for one user. */
export interface Enrolment {
  readonly userId: UserId;
  readonly name: string | null;
  readonly card: string | null;
  /** Digest; null where there is none, or passwords were not asked for. */
  readonly password: string | null;
  /** Whether the account is locked. */
  readonly disabled: boolean;
  /** `~ZKFPVersion` that the fingers belong to; null where it is unknown. */
  readonly algorithm: string | null;
  /** Empty for whom no consent is on record: theirs were not read. */
  readonly fingers: readonly HeldFinger[];
}

/** What there is to copy from. */
export interface SourceInventory {
  /** Null: the vault, which knows people and not numbers. */
  readonly idSpace: IdSpaceId | null;
  readonly enrolments: readonly Enrolment[];
}

/** Everything about a terminal to copy to that a plan depends on, as it was read. */
export interface TargetInventory {
  readonly terminal: TerminalName;
  readonly idSpace: IdSpaceId;
  readonly fingerprintVersion: string | null;
  readonly enrolments: readonly Enrolment[];
  /** Who is behind its users. */
  readonly personOf: ReadonlyMap<UserId, PersonId>;
  /** One text for IDs that are one to this terminal. */
  readonly canonical: (userId: UserId) => string;
  /** How many more fit; null where the terminal does not say. */
  readonly room: { readonly users: number | null; readonly fingers: number | null };
  /** Why the terminal cannot hold this user ID; null where it can. */
  readonly refuseUserId: (userId: UserId) => UserIdRefusal | null;
}
