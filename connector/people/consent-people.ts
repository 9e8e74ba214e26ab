import type { NewConsent } from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Tx } from "../store/store.ts";

/** The people named, each once, or everybody who has not left. Throws `people.unknown`. */
export async function peopleToAsk(tx: Tx, people: NewConsent["people"]): Promise<readonly PersonId[]> {
  if (people !== "all") {
    const named = [...new Set(people)];
    await refuseStrangers(tx, named);
    return named;
  }
  const rows = await tx
    .selectFrom("people")
    .select("person_id")
    .where("status", "in", ["active", "suspended"])
    .orderBy("person_id")
    .execute();
  return rows.map((row) => PersonId.parse(row.person_id));
}

/** Throws `people.unknown` for the first person Tandem does not know. */
export async function refuseStrangers(tx: Tx, people: readonly PersonId[]): Promise<void> {
  const rows = await tx.selectFrom("people").select("person_id").execute();
  const known = new Set(rows.map((row) => row.person_id));
  const stranger = people.find((personId) => !known.has(personId));
  if (stranger !== undefined) throw new TandemError("people.unknown", { personId: stranger, where: "" });
}
