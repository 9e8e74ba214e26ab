import { CompiledQuery, sql } from "kysely";

import type { Instant } from "@tandem/contracts/domain/time.ts";

import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Tx } from "../store/store.ts";

import { coveringLink } from "./attribution.ts";
import type { DistinctPunch, PunchBatch } from "./distinct-punches.ts";
import type { PunchSource } from "./ledger.ts";

/** Rows per statement: large enough that a statement's own cost does not count, small enough to let sockets in. */
const ROWS_PER_STATEMENT = 500;

export interface BatchResult {
  readonly added: number;
  readonly quarantined: number;
}

const NOTHING: BatchResult = { added: 0, quarantined: 0 };

/**
 * Stores what of `batch` is new, with a delivery for each new row, in the caller's transaction. `startedAt` is the
 * start of the read, `now` the time of writing.
 */
export async function storeBatch(
  tx: Tx,
  source: PunchSource,
  batch: PunchBatch,
  startedAt: Instant,
  now: Instant,
): Promise<BatchResult> {
  const last = await tx
    .selectFrom("punches")
    .select((e) => e.fn.max("id").as("id"))
    .executeTakeFirst();
  const fresh = await unknownPunches(tx, source.source, batch);
  // The log is in order of time, the unique index in order of keys: sorted, each index page is touched once.
  for (const part of chunks(fresh.toSorted((a, b) => (a.key < b.key ? -1 : 1)))) {
    await insertRows(tx, source, part, startedAt);
    await yieldToEventLoop();
  }
  const inserted = fresh.length === 0 ? NOTHING : await insertDeliveries(tx, source.source, last?.id ?? 0, now);
  const raised = await raiseCounts(tx, source.source, batch);
  return { added: inserted.added + raised.added, quarantined: inserted.quarantined + raised.quarantined };
}

/** What is not stored yet, and possibly more where nearly everything is new: inserting passes over what it knows. */
async function unknownPunches(tx: Tx, source: string, batch: PunchBatch): Promise<readonly DistinctPunch[]> {
  const unknown: DistinctPunch[] = [];
  let isFirst = true;
  for (const part of batch.chunks(ROWS_PER_STATEMENT)) {
    const missing = await missingKeys(tx, source, part);
    // The first read of a log: looking up the rest as well would cost a fifth of the whole.
    if (isFirst && missing.size === part.length) return [...batch.chunks(ROWS_PER_STATEMENT)].flat();
    if (missing.size > 0) unknown.push(...part.filter((punch) => missing.has(punch.key)));
    isFirst = false;
    await yieldToEventLoop();
  }
  return unknown;
}

/** Only keys that are not stored come back, so reading the same log again moves almost nothing. */
async function missingKeys(tx: Tx, source: string, part: readonly DistinctPunch[]): Promise<ReadonlySet<string>> {
  const text = `select v.column1 as source_key from (values ${placeholders(part.length, 1)}) v
    left join punches p on p.source = ? and p.source_key = v.column1 where p.id is null`;
  const parameters = [...part.map((punch) => punch.key), source];
  const { rows } = await tx.executeQuery<{ source_key: string }>(CompiledQuery.raw(text, parameters));
  return new Set(rows.map((row) => row.source_key));
}

async function insertRows(
  tx: Tx,
  source: PunchSource,
  part: readonly DistinctPunch[],
  startedAt: Instant,
): Promise<void> {
  const text = `insert into punches (source, terminal, id_space, zone, first_read_at,
      source_key, user_id, at, verify, state, work_code, count, log_position, raw, raw_id)
    select ?, ?, ?, ?, ?, v.column1, v.column2, v.column3, v.column4, v.column5, v.column6, v.column7, v.column8, v.column9,
      v.column10
    from (values ${placeholders(part.length, 10)}) v
    where true on conflict (source, source_key) do nothing`;
  const parameters: unknown[] = [source.source, source.terminal, source.idSpace, source.zone, startedAt];
  for (const { key, record, count, position } of part) {
    const { userId, at, verify, state, workCode, rawId = null } = record;
    parameters.push(key, userId, at, verify, state, workCode, count, position, asBuffer(record.raw), rawId);
  }
  await tx.executeQuery(CompiledQuery.raw(text, parameters));
}

/** A delivery for every row above `lastId`, and how many punches those rows hold. */
async function insertDeliveries(tx: Tx, source: string, lastId: number, now: Instant): Promise<BatchResult> {
  await sql`
    insert into deliveries (punch_id, state, reason, person_id, link_id, updated_at)
    select p.id,
      case when p.at is null then 'held' when l.id is null then 'quarantined' else 'pending' end,
      case when p.at is null then 'impossible-date' end,
      l.person_id, l.id, ${now}
    from punches p left join id_links l on l.id = ${coveringLink()}
    where p.id > ${lastId} and p.source = ${source}
    order by p.id`.execute(tx);
  const { rows } = await sql<{ added: number | string | null; quarantined: number | string | null }>`
    select sum(p.count) as added, sum(case when d.state = 'quarantined' then p.count else 0 end) as quarantined
    from punches p join deliveries d on d.punch_id = p.id
    where p.id > ${lastId} and p.source = ${source}`.execute(tx);
  return { added: Number(rows[0]?.added ?? 0), quarantined: Number(rows[0]?.quarantined ?? 0) };
}

/** Keys that this read holds more often than any before it; a log that was cleared since never lowers a count. */
async function raiseCounts(tx: Tx, source: string, batch: PunchBatch): Promise<BatchResult> {
  let added = 0;
  let quarantined = 0;
  for (const part of chunks(batch.repeated())) {
    const counts = new Map(part.map((punch) => [punch.key, punch.count]));
    const stored = await tx
      .selectFrom("punches as p")
      .innerJoin("deliveries as d", "d.punch_id", "p.id")
      .select(["p.id", "p.source_key", "p.count", "d.state"])
      .where("p.source", "=", source)
      .where("p.source_key", "in", [...counts.keys()])
      .execute();
    for (const row of stored) {
      const count = counts.get(row.source_key) ?? 0;
      if (count <= row.count) continue;
      await tx.updateTable("punches").set({ count }).where("id", "=", row.id).execute();
      added += count - row.count;
      if (row.state === "quarantined") quarantined += count - row.count;
    }
  }
  return { added, quarantined };
}

function* chunks(punches: readonly DistinctPunch[]): Generator<readonly DistinctPunch[]> {
  for (let start = 0; start < punches.length; start += ROWS_PER_STATEMENT) {
    yield punches.slice(start, start + ROWS_PER_STATEMENT);
  }
}

/** Made as text: a query builder's tree for thousands of values costs more than the statement itself. */
function placeholders(rows: number, columns: number): string {
  return Array<string>(rows)
    .fill(`(${Array<string>(columns).fill("?").join(", ")})`)
    .join(", ");
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
