import type { LocalDateTime } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { HrEvent } from "../directory.ts";

import type { FrappeClient } from "./client.ts";
import { fromFrappeTime, toFrappeTime } from "./frappe-time.ts";
import { type Filter, inGroups, type ListRow, listRecords, textOf } from "./list.ts";

const DOCTYPE = "Employee Checkin";
const FIELDS = ["name", "employee", "time", "log_type", "device_id"];

export interface Checkin {
  readonly name: string;
  readonly employee: string;
  readonly at: LocalDateTime | null;
  readonly logType: string;
  readonly device: string;
}

/** What makes two Checkins the same for the site, to the second (`frappe-hr.md` §2.2). */
export function checkinKey(employee: string, at: string | null, logType: string): string {
  return JSON.stringify([employee, at, logType]);
}

export function eventKey(event: HrEvent): string {
  return checkinKey(event.personId, event.at, event.logType);
}

/** Checkins that equal one of the events, by event key; several where the site holds a punch twice. */
export async function findCheckins(
  client: FrappeClient,
  events: readonly HrEvent[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly Checkin[]>> {
  const times = events.map((event) => event.at).sort();
  const [first, last] = [times[0], times.at(-1)];
  const found = new Map<string, Checkin[]>();
  if (first === undefined || last === undefined) return found;
  const wanted = new Set(events.map(eventKey));
  for (const group of inGroups([...new Set(events.map((event) => event.personId))])) {
    const rows = await listCheckins(
      client,
      [
        ["employee", "in", group],
        ["time", ">=", toFrappeTime(first)],
        // Old releases keep microseconds, and another client may have sent some.
        ["time", "<=", `${toFrappeTime(last)}.999999`],
      ],
      signal,
    );
    for (const checkin of rows) {
      const key = checkinKey(checkin.employee, checkin.at, checkin.logType);
      if (wanted.has(key)) found.set(key, [...(found.get(key) ?? []), checkin]);
    }
  }
  return found;
}

/** Checkins by their names. */
export async function readCheckins(
  client: FrappeClient,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Checkin[]> {
  const checkins: Checkin[] = [];
  for (const group of inGroups(names)) checkins.push(...(await listCheckins(client, [["name", "in", group]], signal)));
  return checkins;
}

/** Stores all or none; gives the records' names in order (`frappe-hr.md` §5). */
export async function insertCheckins(
  client: FrappeClient,
  events: readonly HrEvent[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const docs = events.map((event) => ({
    doctype: DOCTYPE,
    employee: event.personId,
    time: toFrappeTime(event.at),
    log_type: event.logType,
    device_id: event.device,
  }));
  const { body } = await client.post("/api/method/frappe.client.insert_many", { docs }, signal);
  const { message } = body;
  return Array.isArray(message) ? message.filter((name) => typeof name === "string") : [];
}

/** Deletes a Checkin; `false` where the user may not or it is gone already. */
export async function deleteCheckin(client: FrappeClient, name: string): Promise<boolean> {
  try {
    await client.delete(`/api/resource/${encodeURIComponent(DOCTYPE)}/${encodeURIComponent(name)}`);
    return true;
  } catch (error) {
    if (error instanceof TandemError) return false;
    throw error;
  }
}

async function listCheckins(
  client: FrappeClient,
  filters: readonly Filter[],
  signal?: AbortSignal,
): Promise<readonly Checkin[]> {
  const rows = await listRecords(client, DOCTYPE, { fields: FIELDS, filters, orderBy: "name asc", length: 0 }, signal);
  return rows.map(toCheckin);
}

function toCheckin(row: ListRow): Checkin {
  // A field that the user may not read is left out of the answer; without the time nothing can be compared.
  if (!("time" in row)) throw new TandemError("hr.permission-missing", { doctype: DOCTYPE, right: "read, level 1" });
  return {
    name: textOf(row, "name"),
    employee: textOf(row, "employee"),
    at: fromFrappeTime(row["time"]),
    logType: textOf(row, "log_type"),
    device: textOf(row, "device_id"),
  };
}
