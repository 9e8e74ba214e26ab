import { TandemError } from "@tandem/contracts/errors.ts";

import type { HrOutcome } from "../hr/directory.ts";
import type { Tx } from "../store/store.ts";

import type { PlannedEvent } from "./plan-batch.ts";

/** An event and what became of it. */
export interface Decided {
  readonly planned: PlannedEvent;
  readonly outcome: HrOutcome;
}

/** Punches that reached the HR app, and events by outcome for the audit. */
export interface Recorded {
  readonly delivered: number;
  readonly duplicate: number;
  readonly events: Readonly<Record<HrOutcome["state"], number>>;
  readonly doublesRemoved: readonly string[];
}

/** Refusals that say something about the person, not the punch: the punch waits for the person. */
const HOLDS: Readonly<Record<string, string>> = {
  "hr.unknown-employee": "unknown-person",
  "hr.inactive-employee": "person-inactive",
};

/**
 * Writes outcomes down. What is in the HR app, or may be, keeps its event; everything else leaves it, so that a punch
 * whose link is corrected later is free to go to the right person.
 */
export async function recordOutcomes(tx: Tx, decided: readonly Decided[], now: string): Promise<Recorded> {
  const events = { stored: 0, present: 0, refused: 0, failed: 0 };
  const punches = { delivered: 0, duplicate: 0 };
  const doublesRemoved: string[] = [];
  for (const { planned, outcome } of decided) {
    events[outcome.state] += 1;
    switch (outcome.state) {
      case "stored":
        punches.delivered += planned.punches;
        doublesRemoved.push(...(outcome.doublesRemoved ?? []));
        await settle(tx, planned.id, "stored", outcome.record, now);
        break;
      case "present":
        punches.duplicate += planned.punches;
        await settle(tx, planned.id, "present", outcome.record, now);
        break;
      case "refused":
        await refuse(tx, planned.id, outcome.error, now);
        break;
      case "failed":
        await fail(tx, planned.id, outcome, now);
    }
  }
  return { ...punches, events, doublesRemoved };
}

/** The HR app holds the event: `stored` by Tandem, or `present` through somebody else. */
export async function settle(
  tx: Tx,
  eventId: number,
  state: "stored" | "present",
  record: string,
  now: string,
): Promise<void> {
  const event = { state, record, error: null, delivered_at: now };
  await tx.updateTable("events").set(event).where("id", "=", eventId).execute();
  await tx
    .updateTable("deliveries")
    .set({ state: state === "stored" ? "delivered" : "duplicate", reason: null, updated_at: now })
    .where("event_id", "=", eventId)
    .where("state", "<>", "merged")
    .execute();
}

/** The event is certainly not in the HR app: its punches leave it, and it is forgotten. */
export async function dissolve(
  tx: Tx,
  eventId: number,
  delivery: { readonly state: string; readonly reason: string | null },
  now: string,
): Promise<void> {
  await leave(tx, eventId, delivery, now);
  await tx.deleteFrom("events").where("id", "=", eventId).execute();
}

async function leave(
  tx: Tx,
  eventId: number,
  { state, reason }: { readonly state: string; readonly reason: string | null },
  now: string,
): Promise<void> {
  const delivery = { state, reason, event_id: null, updated_at: now };
  await tx.updateTable("deliveries").set(delivery).where("event_id", "=", eventId).execute();
}

async function refuse(tx: Tx, eventId: number, error: TandemError, now: string): Promise<void> {
  const hold = HOLDS[error.code];
  if (hold !== undefined) {
    await dissolve(tx, eventId, { state: "held", reason: hold }, now);
    return;
  }
  await leave(tx, eventId, { state: "refused", reason: error.code }, now);
  await tx
    .updateTable("events")
    .set({ state: "refused", error: errorText(error) })
    .where("id", "=", eventId)
    .execute();
}

async function fail(tx: Tx, eventId: number, outcome: HrOutcome & { state: "failed" }, now: string): Promise<void> {
  const { error, maybeStored } = outcome;
  if (!maybeStored) {
    // What was stopped by the operator before it was sent has not failed.
    const isStopped = error.code === "hr.stopped";
    await dissolve(
      tx,
      eventId,
      isStopped ? { state: "pending", reason: null } : { state: "failed", reason: error.code },
      now,
    );
    return;
  }
  await tx
    .updateTable("events")
    .set({ error: errorText(error) })
    .where("id", "=", eventId)
    .execute();
  await tx
    .updateTable("deliveries")
    .set({ state: "failed", reason: error.code, updated_at: now })
    .where("event_id", "=", eventId)
    .where("state", "<>", "merged")
    .execute();
}

function errorText(error: TandemError): string {
  return JSON.stringify({ code: error.code, details: error.details });
}
