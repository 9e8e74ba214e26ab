import type { AuditVerdict } from "@tandem/contracts/domain/audit.ts";

import { type Clock, instantOf } from "../platform/clock.ts";
import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Store, Tx } from "../store/store.ts";
import { deriveKey } from "../vault/master-key.ts";
import type { MasterKey } from "../vault/vault.ts";

import { AuditHead, type Head } from "./audit-head.ts";
import type { Audit, AuditEvent } from "./audit.ts";
import { type AuditRow, canonicalText, entryHash, GENESIS_HASH } from "./hash-chain.ts";

/** Entries checked between two turns of the event loop. */
const PAGE = 2000;

/** The log in table `audit`: each entry carries the hash of the one before, and a sealed head tells where it ends. */
export class ChainedAudit implements Audit {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #head: AuditHead;

  constructor(store: Store, clock: Clock, key: MasterKey) {
    this.#store = store;
    this.#clock = clock;
    this.#head = new AuditHead(deriveKey(key, "tandem audit head"));
  }

  /** Starts the log of a new database. */
  async begin(tx: Tx): Promise<void> {
    await this.#head.begin(tx);
  }

  async append(tx: Tx, event: AuditEvent): Promise<void> {
    const head = await this.#head.read(tx);
    const previous = head ?? (await lastEntry(tx));
    const entry = {
      seq: previous.seq + 1,
      at: instantOf(this.#clock.now()),
      actor: event.actor,
      action: event.action,
      subject: event.subject,
      outcome: event.outcome,
      detail: canonicalText(event.detail ?? {}),
      prev_hash: previous.hash,
    };
    const hash = entryHash(entry);
    await tx
      .insertInto("audit")
      .values({ ...entry, hash })
      .execute();
    // A head that is missing or forged is left as it is: the work goes on, and the evidence stays.
    if (head !== null) await this.#head.move(tx, { seq: entry.seq, hash });
  }

  async verify(): Promise<AuditVerdict> {
    let last: Head = { seq: 0, hash: GENESIS_HASH };
    for (;;) {
      const { rows, head } = await this.#pageAfter(last.seq);
      for (const row of rows) {
        if (!follows(row, last)) return { ok: false, entries: last.seq, brokenAt: last.seq + 1 };
        last = { seq: row.seq, hash: row.hash };
      }
      if (rows.length < PAGE) return verdict(last, head);
      await yieldToEventLoop();
    }
  }

  /** Rows and head of one moment, because entries may be written while the log is checked. */
  #pageAfter(seq: number): Promise<{ rows: AuditRow[]; head: Head | null }> {
    return this.#store.transaction(async (tx) => ({
      rows: await tx.selectFrom("audit").selectAll().where("seq", ">", seq).orderBy("seq").limit(PAGE).execute(),
      head: await this.#head.read(tx),
    }));
  }
}

function follows(row: AuditRow, last: Head): boolean {
  return row.seq === last.seq + 1 && row.prev_hash === last.hash && row.hash === entryHash(row);
}

function verdict(last: Head, head: Head | null): AuditVerdict {
  if (head?.seq === last.seq && head.hash === last.hash) return { ok: true, entries: last.seq, brokenAt: null };
  // Without a head nothing vouches for what came after the last entry.
  if (head === null) return { ok: false, entries: last.seq, brokenAt: last.seq + 1 };
  // Equal length, other hash: the last entry was replaced. Otherwise the first that is missing, or was added.
  const brokenAt = head.seq === last.seq ? last.seq : Math.min(head.seq, last.seq) + 1;
  return { ok: false, entries: last.seq, brokenAt };
}

async function lastEntry(tx: Tx): Promise<Head> {
  const row = await tx.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst();
  return row ?? { seq: 0, hash: GENESIS_HASH };
}
