import { type HrSiteOrigin, PersonId } from "@tandem/contracts/domain/ids.ts";
import { LogType } from "@tandem/contracts/domain/punch.ts";
import { LocalDateTime } from "@tandem/contracts/domain/time.ts";

import type { HrEvent } from "../hr/directory.ts";
import type { Row } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";

/** What makes two events one. */
export function eventKey({ personId, at, logType }: Pick<HrEvent, "personId" | "at" | "logType">): string {
  return JSON.stringify([personId, at, logType]);
}

export function toEvent(row: Row<"events">): HrEvent {
  return {
    personId: PersonId.parse(row.person_id),
    at: LocalDateTime.parse(row.at),
    logType: LogType.parse(row.log_type),
    device: row.device,
  };
}

/** Events that are written down already, by key. */
export async function readEvents(
  tx: Tx,
  site: HrSiteOrigin,
  events: readonly HrEvent[],
): Promise<ReadonlyMap<string, Row<"events">>> {
  const times = events.map(({ at }) => at).sort();
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const rows = await tx
    .selectFrom("events")
    .selectAll()
    .where("hr_site", "=", site)
    .where("person_id", "in", [...new Set(events.map(({ personId }) => personId))])
    .where("at", ">=", first)
    .where("at", "<=", last)
    .execute();
  return new Map(rows.map((row) => [eventKey(toEvent(row)), row]));
}
