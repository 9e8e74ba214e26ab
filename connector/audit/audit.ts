import type { AuditEntry, AuditVerdict } from "@tandem/contracts/domain/audit.ts";

import type { Tx } from "../store/store.ts";

export interface AuditEvent {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: AuditEntry["outcome"];
  /** No personal payload, no secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Hash-chained log. An entry is written in the transaction of the effect it tells of. */
export interface Audit {
  append(tx: Tx, event: AuditEvent): Promise<void>;
  verify(): Promise<AuditVerdict>;
}
