import type { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PunchQuery, PunchRow, QuarantineRow } from "@tandem/contracts/domain/punch.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";

import type { PunchRead } from "../terminals/terminal.ts";

/** Where a read is from. */
export interface PunchSource {
  readonly source: string;
  readonly terminal: TerminalName;
  readonly idSpace: IdSpaceId;
  readonly zone: Zone;
}

export interface RecordResult {
  readonly read: number;
  readonly added: number;
  readonly known: number;
  readonly quarantined: number;
}

export interface Foresight extends RecordResult {
  /** User IDs whose new punches would wait for a person, with how many. */
  readonly unlinked: ReadonlyMap<UserId, number>;
}

/** The punches of all sources: never lost, changed or duplicated (design §3.1). */
export interface Ledger {
  /**
   * Stores what of a complete read is new. A natural key that the read holds n times is stored with count n; reading
   * the same log again adds nothing. `read` and `added` count records, not rows.
   */
  record(source: PunchSource, read: PunchRead): Promise<RecordResult>;
  /** What `record` would answer now; nothing is stored. */
  foresee(source: PunchSource, read: PunchRead): Promise<Foresight>;
  list(query: PunchQuery): Promise<readonly PunchRow[]>;
  quarantine(): Promise<readonly QuarantineRow[]>;
  /** Punches by delivery state. */
  counts(): Promise<Readonly<Record<string, number>>>;
}
