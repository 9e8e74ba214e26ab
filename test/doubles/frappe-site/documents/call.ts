import type { Caller } from "../auth/caller.ts";
import type { Transaction } from "../data/transaction.ts";
import type { Doc } from "../data/value.ts";
import type { SiteContext } from "../site-context.ts";

/** What a rule of a DocType may look at while a record is being written. */
export interface DocumentCall {
  readonly site: SiteContext;
  readonly caller: Caller;
  readonly transaction: Transaction;
  /** The stored record before this write; `null` for a new one. */
  readonly before: Doc | null;
}
