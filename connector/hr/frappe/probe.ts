import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { hasCode, TandemError } from "@tandem/contracts/errors.ts";

import { deleteCheckin } from "./checkins.ts";
import type { FrappeClient } from "./client.ts";
import { mayHaveHappened } from "./failure.ts";
import { fromFrappeTime, toFrappeTime, wallMilliseconds } from "./frappe-time.ts";
import { listRecords, textOf } from "./list.ts";
import type { ClockReading } from "./zone-guess.ts";

/** Names the probe in the HR app's list, so that one that was left behind is known for what it is. */
const DEVICE = "Tandem check";

const DAY = 86_400_000;
const OLDEST = Date.parse("1990-01-01T00:00:00Z");
const DAYS = 3650;

/** A user who may not delete leaves one more at each check; with so many the site has been proven often enough. */
const MOST_LEFT = 3;

export interface ProbeResult {
  /** The probe's record; null when none was written, because too many are there already. */
  readonly record: string | null;
  readonly timeKept: boolean;
  /** Null when the answer does not tell when the record was written. */
  readonly clock: ClockReading | null;
  /** Probes that could not be deleted again. */
  readonly left: readonly string[];
}

/**
 * Writes one punch far in the past, sees whether its time was kept, and deletes it again, with any that an interrupted
 * check left behind. It never counts: no shift reaches back so far, and it is set to be skipped by attendance. Throws
 * `hr.*` when the site refuses the punch.
 */
export async function probeTime(client: FrappeClient, employee: PersonId, random: () => number): Promise<ProbeResult> {
  const before = await removeProbes(client, await findProbes(client));
  if (before.length >= MOST_LEFT) return { record: null, timeKept: true, clock: null, left: before };
  const at = LocalDateTime.parse(
    new Date(OLDEST + Math.floor(random() * DAYS * (DAY / 1000)) * 1000).toISOString().slice(0, 19),
  );
  const doc = {
    employee,
    time: toFrappeTime(at),
    // Some shifts refuse a punch that is neither in nor out.
    log_type: "IN",
    device_id: DEVICE,
    skip_auto_attendance: 1,
  };
  try {
    const { body, date, receivedAt } = await client.post("/api/resource/Employee%20Checkin", doc);
    const { data } = body;
    const stored: Readonly<Record<string, unknown>> = typeof data === "object" && data !== null ? { ...data } : {};
    const record = textOf(stored, "name");
    const wall = wallMilliseconds(stored["modified"] ?? stored["creation"]);
    return {
      record,
      timeKept: fromFrappeTime(stored["time"]) === at,
      clock: wall === null ? null : { wall, date, now: receivedAt },
      left: [...before, ...(await removeProbes(client, [record]))],
    };
  } catch (error) {
    if (error instanceof TandemError && mayHaveHappened(error)) await removeProbes(client, await findProbes(client));
    throw error;
  }
}

async function findProbes(client: FrappeClient): Promise<readonly string[]> {
  try {
    const filters = [["device_id", "=", DEVICE]] as const;
    const query = { fields: ["name"], filters, orderBy: "name asc", length: 50 };
    return (await listRecords(client, "Employee Checkin", query)).map((row) => textOf(row, "name"));
  } catch (error) {
    // Who may create but not read cannot look for older ones; that missing right is a finding of its own.
    if (hasCode(error, "hr.forbidden")) return [];
    throw error;
  }
}

/** Deletes probes; gives those that are still there. */
async function removeProbes(client: FrappeClient, names: readonly string[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const name of names) if (!(await deleteCheckin(client, name))) left.push(name);
  return left;
}
