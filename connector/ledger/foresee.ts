import type { UserId } from "@tandem/contracts/domain/ids.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { covers, type Validity } from "../people/validity.ts";
import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Store } from "../store/store.ts";
import type { PunchRead, RawPunch } from "../terminals/terminal.ts";

import { DistinctPunches } from "./distinct-punches.ts";
import { groupBy } from "./group-by.ts";
import type { Foresight, PunchSource } from "./ledger.ts";

/** Keys per statement: far below the parameter limits of SQLite and PostgreSQL. */
const KEYS_PER_STATEMENT = 500;

/** What recording a read would do, without storing anything. */
export async function foresee(store: Store, source: PunchSource, { records }: PunchRead): Promise<Foresight> {
  const links = await linksOf(store, source);
  const unlinked = new Map<UserId, number>();
  let added = 0;
  for (const batch of new DistinctPunches(records).batches(records.length)) {
    for (const part of batch.chunks(KEYS_PER_STATEMENT)) {
      const stored = await storedPunches(
        store,
        source,
        part.map(({ key }) => key),
      );
      for (const { key, record, count } of part) {
        const known = stored.get(key);
        const more = count - (known?.count ?? 0);
        if (more <= 0) continue;
        added += more;
        const isWaiting = known === undefined ? waits(record, links) : known.state === "quarantined";
        if (isWaiting) unlinked.set(record.userId, (unlinked.get(record.userId) ?? 0) + more);
      }
      await yieldToEventLoop();
    }
  }
  const quarantined = [...unlinked.values()].reduce((sum, punches) => sum + punches, 0);
  return { read: records.length, added, known: records.length - added, quarantined, unlinked };
}

type Links = ReadonlyMap<string, readonly Validity[]>;

/** A punch without a time is held, whomever it names. */
function waits({ userId, at }: RawPunch, links: Links): boolean {
  if (at === null) return false;
  const day = LocalDate.parse(at.slice(0, 10));
  return !(links.get(userId) ?? []).some((link) => covers(link, day));
}

async function linksOf(store: Store, { idSpace }: PunchSource): Promise<Links> {
  const rows = await store.db
    .selectFrom("id_links")
    .select(["user_id", "valid_from", "valid_to"])
    .where("id_space", "=", idSpace)
    .where("removed_at", "is", null)
    .execute();
  const links = rows.map((row) => ({
    userId: row.user_id,
    validFrom: LocalDate.nullable().parse(row.valid_from),
    validTo: LocalDate.nullable().parse(row.valid_to),
  }));
  return groupBy(links, ({ userId }) => userId);
}

async function storedPunches(
  store: Store,
  { source }: PunchSource,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { readonly count: number; readonly state: string }>> {
  const rows = await store.db
    .selectFrom("punches as p")
    .innerJoin("deliveries as d", "d.punch_id", "p.id")
    .select(["p.source_key", "p.count", "d.state"])
    .where("p.source", "=", source)
    .where("p.source_key", "in", [...keys])
    .execute();
  return new Map(rows.map((row) => [row.source_key, row]));
}
