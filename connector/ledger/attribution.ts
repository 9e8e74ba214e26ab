import { type RawBuilder, sql } from "kysely";

import type { IdSpaceId, UserId } from "@tandem/contracts/domain/ids.ts";
import type { Instant } from "@tandem/contracts/domain/time.ts";

import type { Tx } from "../store/store.ts";

import { groupBy } from "./group-by.ts";

/** Statement size that stays far below the parameter limits of SQLite and PostgreSQL. */
const IDS_PER_STATEMENT = 500;

/**
 * Id of the link that covers punch `p`, or null: same (ID space, user ID), not removed, and the punch's own local date
 * within the link's dates, both inclusive. Links of one ID never overlap; the order only makes the answer certain.
 */
export function coveringLink(): RawBuilder<string | null> {
  return sql<string | null>`(
    select k.id from id_links k
    where k.id_space = p.id_space and k.user_id = p.user_id and k.removed_at is null and p.at is not null
      and (k.valid_from is null or k.valid_from <= substr(p.at, 1, 10))
      and (k.valid_to is null or k.valid_to >= substr(p.at, 1, 10))
    order by k.set_at desc, k.id limit 1)`;
}

interface Attributed {
  readonly id: number;
  readonly count: number;
  readonly state: string;
  readonly link_id: string | null;
  readonly person_id: string | null;
  readonly new_link_id: string | null;
  readonly new_person_id: string | null;
}

/**
 * Gives the punches of one user ID to the person that the links now name, after a link was set, changed or removed.
 * Touches only what is quarantined, pending, held, refused or failed and in no event: what the HR app may hold already
 * stays as it is. Counted in punches: `released` = left quarantine, `quarantined` = went back into it.
 */
export async function reattribute(
  tx: Tx,
  idSpace: IdSpaceId,
  userId: UserId,
  at: Instant,
): Promise<{ released: number; quarantined: number }> {
  const { rows } = await sql<Attributed>`
    select p.id, p.count, d.state, d.link_id, d.person_id, l.id as new_link_id, l.person_id as new_person_id
    from punches p join deliveries d on d.punch_id = p.id
    left join id_links l on l.id = ${coveringLink()}
    where p.id_space = ${idSpace} and p.user_id = ${userId} and p.at is not null
      and d.event_id is null and d.state in ('quarantined', 'pending', 'held', 'refused', 'failed')`.execute(tx);
  const changed = rows.filter((row) => row.link_id !== row.new_link_id || row.person_id !== row.new_person_id);
  for (const group of groupBy(changed, (row) => row.new_link_id).values()) await attribute(tx, group, at);
  return {
    released: sumCounts(changed.filter((row) => row.state === "quarantined" && row.new_link_id !== null)),
    quarantined: sumCounts(changed.filter((row) => row.state !== "quarantined" && row.new_link_id === null)),
  };
}

/** All rows of `group` get the same link. */
async function attribute(tx: Tx, group: readonly Attributed[], at: Instant): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const delivery = {
    state: first.new_link_id === null ? "quarantined" : "pending",
    reason: null,
    person_id: first.new_person_id,
    link_id: first.new_link_id,
    updated_at: at,
  };
  for (let start = 0; start < group.length; start += IDS_PER_STATEMENT) {
    const ids = group.slice(start, start + IDS_PER_STATEMENT).map((row) => row.id);
    await tx.updateTable("deliveries").set(delivery).where("punch_id", "in", ids).execute();
  }
}

function sumCounts(rows: readonly Attributed[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}
