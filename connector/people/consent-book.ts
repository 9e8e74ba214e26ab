import type { SelectQueryBuilder } from "kysely";

import {
  BiometricKind,
  Consent,
  ConsentLanguage,
  ConsentMethod,
  ConsentPurpose,
  ConsentText,
} from "@tandem/contracts/domain/consent.ts";
import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { Instant } from "@tandem/contracts/domain/time.ts";

import type { Row, Schema } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";

/** What a consent is about. */
export interface Use {
  readonly kind: BiometricKind;
  readonly purpose: ConsentPurpose;
}

/** Up to this many people are looked up by name; for more it is cheaper to read everybody's. */
const FEW = 200;

/** The last word of these people about one use; the records before it are history. May hold other people's too. */
export async function lastWords(
  db: Pick<Tx, "selectFrom">,
  { kind, purpose }: Use,
  people: readonly PersonId[],
): Promise<Map<string, Consent>> {
  let last = lastIds(db).where("kind", "=", kind).where("purpose", "=", purpose);
  if (people.length <= FEW) last = last.where("person_id", "in", [...people]);
  const rows = await db.selectFrom("consents").selectAll().where("id", "in", last).execute();
  return new Map(rows.map((row) => [row.person_id, toConsent(row, true)]));
}

/** Ids of the newest record of each person, kind and purpose. */
export function lastIds(db: Pick<Tx, "selectFrom">): SelectQueryBuilder<Schema, "consents", { last: number }> {
  return db
    .selectFrom("consents")
    .select((query) => query.fn.max("id").as("last"))
    .groupBy(["kind", "purpose", "person_id"]);
}

export function toConsent(row: Row<"consents">, isLast: boolean): Consent {
  const action = Consent.shape.action.parse(row.action);
  return {
    id: row.id,
    personId: PersonId.parse(row.person_id),
    kind: BiometricKind.parse(row.kind),
    purpose: ConsentPurpose.parse(row.purpose),
    action,
    text: ConsentText.nullable().parse(row.text_version),
    language: ConsentLanguage.nullable().parse(row.language),
    method: ConsentMethod.nullable().parse(row.method),
    at: Instant.parse(row.at),
    actor: row.actor,
    why: row.why,
    inForce: isLast && action === "given",
  };
}
