import type { HrEvent } from "../hr/directory.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Row } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";

import { eventKey, readEvents } from "./event-row.ts";
import { Judge, type TargetSite } from "./judge.ts";
import { type LinkedPunch, readLinked } from "./linked-punch.ts";

/** An event that is about to be sent and is written down as `sending`. */
export interface PlannedEvent {
  readonly id: number;
  readonly event: HrEvent;
  /** How many punches it stands for. */
  readonly punches: number;
}

export interface BatchPlan {
  /** In order of time. */
  readonly toSend: readonly PlannedEvent[];
  /** Punches of seconds that the HR app holds already through another punch. */
  readonly alreadyThere: number;
}

/** Punches of one person in one second and direction; the first of them carries the event. */
interface Bundle {
  readonly event: HrEvent;
  readonly punches: LinkedPunch[];
}

/**
 * Decides about those of the punches that are in one of `states`: held, carrier of an event, or merged into one. The
 * events are written down as `sending` in the same transaction, so that after a crash it is known what may have been sent.
 */
export async function planBatch(
  tx: Tx,
  site: TargetSite,
  clock: Clock,
  punchIds: readonly number[],
  states: readonly string[],
): Promise<BatchPlan> {
  const now = instantOf(clock.now());
  const judge = await Judge.in(tx, site, clock.now());
  const bundles = new Map<string, Bundle>();
  for (const punch of await readLinked(tx, punchIds, states)) {
    const verdict = judge.judge(punch);
    if ("hold" in verdict) await setDelivery(tx, [punch], { state: "held", reason: verdict.hold, updated_at: now });
    else {
      const key = eventKey(verdict.event);
      const bundle = bundles.get(key);
      if (bundle === undefined) bundles.set(key, { event: verdict.event, punches: [punch] });
      else bundle.punches.push(punch);
    }
  }
  return await writeEvents(tx, site, now, [...bundles.values()]);
}

async function writeEvents(tx: Tx, site: TargetSite, now: string, bundles: readonly Bundle[]): Promise<BatchPlan> {
  const known = await readEvents(
    tx,
    site.origin,
    bundles.map(({ event }) => event),
  );
  const toSend: PlannedEvent[] = [];
  let alreadyThere = 0;
  for (const { event, punches } of bundles.toSorted(byTime)) {
    const row = known.get(eventKey(event));
    const isOpen = row === undefined || row.state === "queued" || row.state === "refused";
    if (!isOpen) {
      await join(tx, row, punches, now);
      if (row.state !== "sending") alreadyThere += countOf(punches);
      continue;
    }
    const id = row === undefined ? await insertEvent(tx, site, event, now) : await reopenEvent(tx, row, event);
    const [carrier, ...others] = punches;
    if (carrier !== undefined) {
      await setDelivery(tx, [carrier], { state: "pending", reason: null, event_id: id, updated_at: now });
    }
    await setDelivery(tx, others, { state: "merged", reason: null, event_id: id, updated_at: now });
    toSend.push({ id, event, punches: countOf(punches) });
  }
  return { toSend, alreadyThere };
}

function byTime({ event: a }: Bundle, { event: b }: Bundle): number {
  return a.at === b.at ? compare(a.personId, b.personId) : compare(a.at, b.at);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Adds punches to an event that is in the HR app, or may be. Where its carrier has moved on, the first takes its place. */
async function join(tx: Tx, event: Row<"events">, punches: readonly LinkedPunch[], now: string): Promise<void> {
  const carried = await tx
    .selectFrom("deliveries")
    .select("punch_id")
    .where("event_id", "=", event.id)
    .where("state", "<>", "merged")
    .executeTakeFirst();
  const [first, ...others] = carried === undefined ? punches : [undefined, ...punches];
  if (first !== undefined) {
    const state = event.state === "present" ? "duplicate" : event.state === "stored" ? "delivered" : "pending";
    await setDelivery(tx, [first], { state, reason: null, event_id: event.id, updated_at: now });
  }
  await setDelivery(
    tx,
    others.filter((punch) => punch !== undefined),
    {
      state: "merged",
      reason: null,
      event_id: event.id,
      updated_at: now,
    },
  );
}

async function insertEvent(tx: Tx, site: TargetSite, event: HrEvent, now: string): Promise<number> {
  const { id } = await tx
    .insertInto("events")
    .values({
      hr_site: site.origin,
      person_id: event.personId,
      at: event.at,
      log_type: event.logType,
      device: event.device,
      state: "sending",
      record: null,
      attempts: 1,
      error: null,
      delivered_at: null,
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function reopenEvent(tx: Tx, row: Row<"events">, event: HrEvent): Promise<number> {
  await tx
    .updateTable("events")
    .set({ state: "sending", device: event.device, attempts: row.attempts + 1, error: null })
    .where("id", "=", row.id)
    .execute();
  return row.id;
}

async function setDelivery(tx: Tx, punches: readonly LinkedPunch[], change: Partial<Row<"deliveries">>): Promise<void> {
  if (punches.length === 0) return;
  const ids = punches.map(({ id }) => id);
  await tx.updateTable("deliveries").set(change).where("punch_id", "in", ids).execute();
}

function countOf(punches: readonly LinkedPunch[]): number {
  return punches.reduce((sum, { count }) => sum + count, 0);
}
