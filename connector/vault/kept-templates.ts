import { PersonId } from "@tandem/contracts/domain/ids.ts";

import type { Store } from "../store/store.ts";

/** A finger whose template the site keeps; the bytes are had from `SealedTemplates` alone. */
export interface KeptFinger {
  readonly personId: PersonId;
  readonly finger: number;
  readonly algorithm: string;
}

/** Which fingers are kept, of whom. */
export async function listKeptFingers(store: Store): Promise<readonly KeptFinger[]> {
  const rows = await store.db
    .selectFrom("templates")
    .select(["person_id", "finger", "algorithm"])
    .where("kind", "=", "finger")
    .where("copy", "=", "")
    .where("expires_at", "is", null)
    .orderBy("person_id")
    .orderBy("finger")
    .execute();
  return rows.map((row) => ({
    personId: PersonId.parse(row.person_id),
    finger: row.finger,
    algorithm: row.algorithm,
  }));
}
