import { type IdSpaceId, UserId } from "@tandem/contracts/domain/ids.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import type { Store } from "../store/store.ts";

/** The last day on which each user ID of an ID space punched, by the terminals' own clocks. */
export async function latestPunchDays(store: Store, idSpace: IdSpaceId): Promise<ReadonlyMap<UserId, LocalDate>> {
  const rows = await store.db
    .selectFrom("punches")
    .select(({ fn }) => ["user_id", fn.max("at").as("latest")])
    .where("id_space", "=", idSpace)
    .where("at", "is not", null)
    .groupBy("user_id")
    .execute();
  return new Map(
    rows.flatMap(({ user_id: userId, latest }) =>
      latest === null ? [] : [[UserId.parse(userId), LocalDate.parse(latest.slice(0, 10))] as const],
    ),
  );
}
