import type { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import type { Row } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";

/** When the people of an HR site were last synced; null when they never were. */
export async function lastSyncOf(tx: Tx, origin: HrSiteOrigin): Promise<string | null> {
  const row = await tx
    .selectFrom("people")
    .select((query) => query.fn.max("synced_at").as("last"))
    .where("hr_site", "=", origin)
    .executeTakeFirst();
  return row?.last ?? null;
}

/**
 * Whether a person is in the HR site as far as Tandem knows: seen at the last sync, or known from a file only. A sync
 * writes one time to everybody it sees, so a gone person's is older.
 */
export function isPresent(
  person: Pick<Row<"people">, "hr_site" | "synced_at">,
  origin: HrSiteOrigin,
  lastSync: string | null,
): boolean {
  if (person.hr_site === null) return true;
  return person.hr_site === origin && (lastSync === null || person.synced_at >= lastSync);
}
