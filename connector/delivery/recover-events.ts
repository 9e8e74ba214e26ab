import { IdSpaceId, UserId } from "@tandem/contracts/domain/ids.ts";

import type { Audit } from "../audit/audit.ts";
import type { HrDirectory } from "../hr/directory.ts";
import { reattribute } from "../ledger/attribution.ts";
import { type Clock, instantOf, sleep } from "../platform/clock.ts";
import type { Row } from "../store/schema.ts";
import type { Store, Tx } from "../store/store.ts";

import { toEvent } from "./event-row.ts";
import type { TargetSite } from "./judge.ts";
import { dissolve, settle } from "./record-outcomes.ts";

/**
 * How long after its sending an event may still arrive: the HR app finishes a request whose client is gone. Until then
 * "not there" is no proof, and sending again could store the punch twice.
 */
export const SETTLE_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;

/** Events looked up at once. */
const BATCH = 500;

export interface Recovered {
  /** Punches found in the HR app: put there by Tandem, or by somebody else. */
  readonly delivered: number;
  readonly duplicate: number;
}

export interface RecoverParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly site: TargetSite;
  readonly directory: HrDirectory;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds out about every event that is written down as `sending`: after a crash, or after an answer that never came. What
 * the HR app holds is settled; what it does not is dissolved, and its punches wait for their turn again.
 */
export async function recoverEvents(parts: RecoverParts): Promise<Recovered> {
  const { store, clock, site, signal } = parts;
  await releaseOtherSites(parts);
  let [delivered, duplicate] = [0, 0];
  const started = clock.now();
  for (;;) {
    const open = await readSending(store, site);
    if (open.length === 0) return { delivered, duplicate };
    const missing: Sending[] = [];
    let present = 0;
    const records = await parts.directory.find(open.map(toEvent), signal);
    await store.transaction(async (tx) => {
      for (const [index, row] of open.entries()) {
        const found = records[index];
        if (found === null || found === undefined) {
          missing.push(row);
          continue;
        }
        const isOurs = found.device === row.device;
        if (!isOurs) present += 1;
        await settle(tx, row.id, isOurs ? "stored" : "present", found.record, instantOf(clock.now()));
        if (isOurs) delivered += row.punches;
        else duplicate += row.punches;
      }
      const stored = open.length - missing.length - present;
      if (stored + present > 0) await auditRecovery(tx, parts, { stored, present });
    });
    const wait = settleTime(missing, clock.now(), started);
    if (wait > 0) await sleep(clock, Math.min(wait, LOOK_AGAIN_MS), signal);
    else await store.transaction((tx) => releaseEvents(tx, parts, missing));
  }
}

type Sending = Row<"events"> & { readonly punches: number; readonly sentAt: string };

async function readSending(store: Store, site: TargetSite): Promise<readonly Sending[]> {
  const rows = await store.db
    .selectFrom("events as e")
    .innerJoin("deliveries as d", "d.event_id", "e.id")
    .innerJoin("punches as p", "p.id", "d.punch_id")
    .selectAll("e")
    .select(({ fn }) => [fn.sum<number | string>("p.count").as("punches"), fn.max("d.updated_at").as("sentAt")])
    .where("e.state", "=", "sending")
    .where("e.hr_site", "=", site.origin)
    .groupBy("e.id")
    .orderBy("e.at")
    .limit(BATCH)
    .execute();
  return rows.map((row) => ({ ...row, punches: Number(row.punches) }));
}

/** Milliseconds until all that is missing can no longer arrive; never more than the whole time from when recovery began. */
function settleTime(missing: readonly Sending[], now: number, started: number): number {
  const last = Math.max(0, ...missing.map(({ sentAt }) => Date.parse(sentAt)));
  return Math.min(last, started) + SETTLE_MS - now;
}

/** A punch whose link was changed meanwhile goes to the person it belongs to now. */
async function releaseEvents(tx: Tx, parts: RecoverParts, events: readonly Pick<Row<"events">, "id">[]): Promise<void> {
  if (events.length === 0) return;
  const now = instantOf(parts.clock.now());
  const owners = await tx
    .selectFrom("deliveries as d")
    .innerJoin("punches as p", "p.id", "d.punch_id")
    .select(["p.id_space", "p.user_id"])
    .distinct()
    .where(
      "d.event_id",
      "in",
      events.map(({ id }) => id),
    )
    .execute();
  for (const { id } of events) await dissolve(tx, id, { state: "pending", reason: null }, now);
  for (const { id_space, user_id } of owners) {
    await reattribute(tx, IdSpaceId.parse(id_space), UserId.parse(user_id), now);
  }
  await auditRecovery(tx, parts, { notSent: events.length });
}

async function auditRecovery(
  tx: Tx,
  { audit, site }: RecoverParts,
  detail: Readonly<Record<string, number>>,
): Promise<void> {
  const entry = { actor: "connector", action: "hr.recover", subject: site.origin, outcome: "succeeded" } as const;
  await audit.append(tx, { ...entry, detail });
}

/** What was on its way to a site that is no longer the one delivered to cannot be asked for there. */
async function releaseOtherSites(parts: RecoverParts): Promise<void> {
  const { store, site } = parts;
  await store.transaction(async (tx) => {
    const foreign = await tx
      .selectFrom("events")
      .select("id")
      .where("state", "=", "sending")
      .where("hr_site", "<>", site.origin)
      .limit(BATCH)
      .execute();
    await releaseEvents(tx, parts, foreign);
  });
}
