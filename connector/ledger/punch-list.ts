import { sql } from "kysely";

import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { DeliveryState, type PunchQuery, type PunchRow } from "@tandem/contracts/domain/punch.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Store } from "../store/store.ts";

const PAGE = 2000;

/**
 * Punches in order of time, those without a time last. `from` and `to` are local dates, inclusive, and never hide a
 * punch without a time. With `limit` the latest ones are given.
 */
export async function listPunches(store: Store, query: PunchQuery): Promise<readonly PunchRow[]> {
  const dated = query.limit === undefined ? await allDated(store, query) : await latestDated(store, query, query.limit);
  const room = query.limit === undefined ? undefined : query.limit - dated.length;
  return [...dated, ...(await undated(store, query, room))].map(toPunchRow);
}

async function allDated(store: Store, query: PunchQuery): Promise<readonly ListedPunch[]> {
  const found: ListedPunch[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await datedPunches(store, query)
      .$if(last !== undefined, (rows) =>
        rows.where((e) => e(e.refTuple("p.at", "p.id"), ">", e.tuple(last?.at ?? "", last?.id ?? 0))),
      )
      .orderBy("p.at")
      .orderBy("p.id")
      .limit(PAGE)
      .execute();
    found.push(...page);
    if (page.length < PAGE) return found;
    await yieldToEventLoop();
  }
}

async function latestDated(store: Store, query: PunchQuery, limit: number): Promise<readonly ListedPunch[]> {
  const rows = await datedPunches(store, query).orderBy("p.at", "desc").orderBy("p.id", "desc").limit(limit).execute();
  return rows.reverse();
}

function datedPunches(store: Store, query: PunchQuery) {
  const { from, to } = query;
  return punchesWithDelivery(store, query)
    .where("p.at", "is not", null)
    .$if(from !== undefined, (rows) => rows.where("p.at", ">=", `${from ?? ""}T00:00:00`))
    .$if(to !== undefined, (rows) => rows.where("p.at", "<=", `${to ?? ""}T23:59:59`));
}

async function undated(store: Store, query: PunchQuery, limit: number | undefined): Promise<readonly ListedPunch[]> {
  if (limit === 0) return [];
  return punchesWithDelivery(store, query)
    .where("p.at", "is", null)
    .orderBy("p.id")
    .$if(limit !== undefined, (rows) => rows.limit(limit ?? 0))
    .execute();
}

type ListedPunch = Awaited<ReturnType<ReturnType<typeof punchesWithDelivery>["execute"]>>[number];

function punchesWithDelivery(store: Store, { person, terminal, state }: PunchQuery) {
  return store.db
    .selectFrom("punches as p")
    .innerJoin("deliveries as d", "d.punch_id", "p.id")
    .leftJoin("events as e", "e.id", "d.event_id")
    .select(["p.id", "p.terminal", "p.id_space", "p.user_id", "p.at", "p.verify", "p.state", "p.count"])
    .select(["p.source", "p.log_position", "p.raw_id"])
    .select(["d.state as delivery", "d.reason", "d.person_id", "e.record", "e.delivered_at"])
    .select(sql<Buffer | null>`case when p.at is null then p.raw end`.as("raw"))
    .$if(person !== undefined, (rows) => rows.where("d.person_id", "=", person ?? null))
    .$if(terminal !== undefined, (rows) => rows.where("p.terminal", "=", terminal ?? ""))
    .$if(state !== undefined, (rows) => rows.where("d.state", "=", state ?? ""));
}

function toPunchRow(row: ListedPunch): PunchRow {
  return {
    id: String(row.id),
    rawId: row.raw_id ?? `${row.source.slice(row.source.indexOf(":") + 1)}:${row.log_position ?? 0}`,
    terminal: TerminalName.parse(row.terminal),
    idSpace: IdSpaceId.parse(row.id_space),
    userId: UserId.parse(row.user_id),
    at: row.at === null ? null : LocalDateTime.parse(row.at),
    ...(row.raw === null ? {} : { raw: row.raw.toString("hex") }),
    verify: row.verify,
    state: row.state,
    count: row.count,
    personId: row.person_id === null ? null : PersonId.parse(row.person_id),
    delivery: {
      state: DeliveryState.parse(row.delivery),
      reason: row.reason,
      record: row.record,
      deliveredAt: row.delivered_at,
    },
  };
}
