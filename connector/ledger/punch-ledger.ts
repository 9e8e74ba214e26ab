import type { PunchQuery, PunchRow, QuarantineRow } from "@tandem/contracts/domain/punch.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Store } from "../store/store.ts";
import type { PunchRead } from "../terminals/terminal.ts";

import { DistinctPunches } from "./distinct-punches.ts";
import { foresee } from "./foresee.ts";
import type { Foresight, Ledger, PunchSource, RecordResult } from "./ledger.ts";
import { storeBatch } from "./punch-batch.ts";
import { countByState, listQuarantine } from "./punch-counts.ts";
import { listPunches } from "./punch-list.ts";

/** Distinct punches per transaction: one costly sync of the disk for each, and a bounded wait for everybody else. */
const BATCH = 10_000;

export class PunchLedger implements Ledger {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * A process that is killed half way leaves whole batches behind; recording the same read again completes them,
   * because the counts are those of the whole read.
   */
  async record(source: PunchSource, read: PunchRead): Promise<RecordResult> {
    const distinct = new DistinctPunches(read.records);
    let added = 0;
    let quarantined = 0;
    for (const batch of distinct.batches(BATCH)) {
      const now = instantOf(this.#clock.now());
      const result = await this.#store.transaction((tx) => storeBatch(tx, source, batch, read.startedAt, now));
      added += result.added;
      quarantined += result.quarantined;
      await yieldToEventLoop();
    }
    return { read: read.records.length, added, known: read.records.length - added, quarantined };
  }

  foresee(source: PunchSource, read: PunchRead): Promise<Foresight> {
    return foresee(this.#store, source, read);
  }

  list(query: PunchQuery): Promise<readonly PunchRow[]> {
    return listPunches(this.#store, query);
  }

  quarantine(): Promise<readonly QuarantineRow[]> {
    return listQuarantine(this.#store);
  }

  counts(): Promise<Readonly<Record<string, number>>> {
    return countByState(this.#store);
  }
}
