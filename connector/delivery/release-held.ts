import { type Clock, instantOf } from "../platform/clock.ts";
import { yieldToEventLoop } from "../platform/event-loop.ts";
import type { Store } from "../store/store.ts";

import { Judge, type TargetSite } from "./judge.ts";
import { readLinked } from "./linked-punch.ts";

const PAGE = 2_000;

/** Looks at every held punch again: people come back, times come, terminals and links change. */
export async function releaseHeld(store: Store, clock: Clock, site: TargetSite): Promise<void> {
  for (let last = -1; ;) {
    const page = await store.db
      .selectFrom("deliveries")
      .select("punch_id")
      .where("state", "=", "held")
      .where("punch_id", ">", last)
      .orderBy("punch_id")
      .limit(PAGE)
      .execute();
    const ids = page.map(({ punch_id }) => punch_id);
    if (ids.length > 0) await judgePage(store, clock, site, ids);
    if (page.length < PAGE) return;
    last = ids.at(-1) ?? last;
    await yieldToEventLoop();
  }
}

async function judgePage(store: Store, clock: Clock, site: TargetSite, ids: readonly number[]): Promise<void> {
  await store.transaction(async (tx) => {
    const judge = await Judge.in(tx, site, clock.now());
    for (const punch of await readLinked(tx, ids, ["held"])) {
      const verdict = judge.judge(punch);
      const reason = "hold" in verdict ? verdict.hold : null;
      if (reason === punch.reason) continue;
      const state = reason === null ? "pending" : "held";
      await tx
        .updateTable("deliveries")
        .set({ state, reason, updated_at: instantOf(clock.now()) })
        .where("punch_id", "=", punch.id)
        .execute();
    }
  });
}

/** Without an HR site every linked punch is held; the next round with one releases it. Nothing is lost by waiting. */
export async function holdForSite(store: Store, clock: Clock): Promise<void> {
  await store.transaction(async (tx) => {
    await tx
      .updateTable("deliveries")
      .set({ state: "held", reason: "no-hr-site", updated_at: instantOf(clock.now()) })
      .where("state", "in", ["pending", "failed"])
      .where("event_id", "is", null)
      .execute();
  });
}
