import type { Store } from "../store/store.ts";

/** How many are looked up at once: bounds what a first delivery of years of punches keeps in memory. */
export const MOST_WAITING = 50_000;

/**
 * Linked punches in one of the states and in no event, in the order in which they are to be sent: new ones in order of
 * time, then those that did not get through before, in order of time. At most `MOST_WAITING`.
 */
export async function punchesIn(store: Store, states: readonly string[]): Promise<readonly number[]> {
  const rows = await store.db
    .selectFrom("deliveries as d")
    .innerJoin("punches as p", "p.id", "d.punch_id")
    .select("p.id")
    .where("d.state", "in", [...states])
    .where("d.event_id", "is", null)
    .where("d.person_id", "is not", null)
    .where("p.at", "is not", null)
    .orderBy(({ eb }) => eb.case().when("d.state", "=", "pending").then(0).else(1).end())
    .orderBy("p.at")
    .orderBy("p.id")
    .limit(MOST_WAITING)
    .execute();
  return rows.map(({ id }) => id);
}
