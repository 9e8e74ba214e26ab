import type { ImportRequest } from "@tandem/contracts/domain/punch-file.ts";
import type { Instant, LocalDateTime } from "@tandem/contracts/domain/time.ts";

import { instantOf } from "../../platform/clock.ts";
import { toInstant } from "../../platform/zone-time.ts";
import type { Tx } from "../../store/store.ts";

import type { ImportTarget } from "./import-target.ts";

/** Registers a terminal that is known from files only; a name that was removed may be used again. */
export async function enterFileTerminal(
  tx: Tx,
  { terminal, idSpace, zone, serial }: ImportTarget,
  { direction = "auto" }: Pick<ImportRequest, "direction">,
  at: Instant,
): Promise<void> {
  const columns = {
    address: null,
    serial,
    id_space: idSpace,
    zone,
    direction,
    machine: null,
    mode: "shadow",
    comm_key_ref: null,
    name_encoding: "windows-1258",
    upload_method: null,
    live: 0,
    added_at: at,
    last_read_at: null,
    last_read_started_at: null,
    last_error_code: null,
    last_error_at: null,
    removed_at: null,
  };
  await tx
    .insertInto("terminals")
    .values({ name: terminal, ...columns })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(columns))
    .execute();
}

/**
 * Notes until when a terminal that is known from files only is complete (design §5.2, `newThrough`): its latest punch, or
 * what the operator says. Never later than now, never earlier than it was, and without a punch in the past not at all:
 * what is built on it must not pass a punch that is still on the terminal (design §3.7).
 */
export async function noteFileRead(
  tx: Tx,
  { terminal, zone }: ImportTarget,
  times: readonly LocalDateTime[],
  said: LocalDateTime | undefined,
  now: number,
): Promise<void> {
  const latest = latestUpTo(now, times, (time) => toInstant(zone, time));
  const through = said === undefined ? latest : Math.min(toInstant(zone, said), now);
  const { last_read_started_at: before } = await tx
    .selectFrom("terminals")
    .select("last_read_started_at")
    .where("name", "=", terminal)
    .executeTakeFirstOrThrow();
  const startedAt = through === null ? before : laterOf(before, instantOf(through));
  await tx
    .updateTable("terminals")
    .set({ last_read_at: instantOf(now), last_read_started_at: startedAt })
    .where("name", "=", terminal)
    .execute();
}

function latestUpTo(
  now: number,
  times: readonly LocalDateTime[],
  momentOf: (time: LocalDateTime) => number,
): number | null {
  // In the zone of one terminal, later texts are later moments: the first that has passed is the latest.
  for (const time of [...new Set(times)].sort().reverse()) {
    const moment = momentOf(time);
    if (moment <= now) return moment;
  }
  return null;
}

function laterOf(before: string | null, at: Instant): string {
  return before !== null && before > at ? before : at;
}
