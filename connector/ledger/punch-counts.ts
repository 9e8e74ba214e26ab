import { sql } from "kysely";

import { IdSpaceId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { QuarantineRow } from "@tandem/contracts/domain/punch.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { Store } from "../store/store.ts";

import { groupBy } from "./group-by.ts";

/** PostgreSQL gives sums as text, because they may exceed what a JavaScript number holds. */
type DatabaseNumber = number | string;

/**
 * Punches by delivery state. Rows are counted from the index of states alone; what a row holds beyond one punch is
 * added from the few rows that do.
 */
export async function countByState(store: Store): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ state: string; punches: DatabaseNumber }>`
    select state, sum(punches) as punches from (
      select d.state, count(*) as punches from deliveries d group by d.state
      union all
      select d.state, sum(p.count - 1) from punches p join deliveries d on d.punch_id = p.id
      where p.count > 1 group by d.state) n
    group by state`.execute(store.db);
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.punches)]));
}

interface WaitingId {
  readonly id_space: string;
  readonly user_id: string;
  readonly terminal: string;
  readonly punches: DatabaseNumber;
  readonly first: string | null;
  readonly last: string | null;
}

/** User IDs that no link covers, those with the most waiting punches first. */
export async function listQuarantine(store: Store): Promise<readonly QuarantineRow[]> {
  const { rows } = await sql<WaitingId>`
    select p.id_space, p.user_id, p.terminal, sum(p.count) as punches, min(p.at) as first, max(p.at) as last
    from deliveries d join punches p on p.id = d.punch_id
    where d.state = 'quarantined'
    group by p.id_space, p.user_id, p.terminal
    order by p.id_space, p.user_id, p.terminal`.execute(store.db);
  const byId = groupBy(rows, (row) => JSON.stringify([row.id_space, row.user_id]));
  return [...byId.values()].map(toQuarantineRow).sort((a, b) => b.punches - a.punches);
}

function toQuarantineRow(rows: readonly WaitingId[]): QuarantineRow {
  const times = rows.flatMap((row) => [row.first, row.last]).filter((time) => time !== null);
  const sorted = times.sort().map((time) => LocalDateTime.parse(time));
  return {
    idSpace: IdSpaceId.parse(rows[0]?.id_space),
    userId: UserId.parse(rows[0]?.user_id),
    punches: rows.reduce((sum, row) => sum + Number(row.punches), 0),
    first: sorted[0] ?? null,
    last: sorted.at(-1) ?? null,
    terminals: rows.map((row) => TerminalName.parse(row.terminal)),
  };
}
