import type { Store } from "../../store/store.ts";
import type { PunchRead, RawPunch } from "../terminal.ts";

import { SLOT_KEY, SLOT_ROW_BYTES } from "./slot-rows.ts";

/**
 * A log whose rows name slots, read after a file of the same terminal was imported: what the file brought, by user ID, keeps
 * its key, so that each punch counts once. A record whose slot has been given to somebody else since is not recognised.
 */
export async function meetFileKeys(store: Store, source: string, read: PunchRead): Promise<PunchRead> {
  if (read.recordSize !== SLOT_ROW_BYTES) return read;
  const rows = await store.db
    .selectFrom("punches")
    .select("source_key")
    .where("source", "=", source)
    .where("source_key", "not like", SLOT_KEY)
    .execute();
  const fileKeys = new Set(rows.map(({ source_key }) => source_key));
  if (fileKeys.size === 0) return read;
  return { ...read, records: read.records.map((record) => underFileKey(record, fileKeys)) };
}

function underFileKey(record: RawPunch, fileKeys: ReadonlySet<string>): RawPunch {
  const key = record.userId + record.key.slice(record.key.indexOf("|"));
  if (!fileKeys.has(key)) return record;
  const { userId, at, verify, state, workCode, raw } = record;
  return { userId, at, verify, state, workCode, key, raw };
}
