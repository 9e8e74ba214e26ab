import { type IdLink, type NewIdLink, Scheme } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, PersonId, UserId } from "@tandem/contracts/domain/ids.ts";
import { Instant, LocalDate } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Row } from "../store/schema.ts";
import type { Tx } from "../store/store.ts";

import { overlaps } from "./validity.ts";

/** Where a link is asked for; empty for a single one. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
}

type Wanted = Omit<NewIdLink, "why">;

/** The links in force and the people known, at one moment of a transaction. */
export class LinkBook {
  readonly #links = new Map<string, IdLink[]>();
  readonly #people: ReadonlySet<string>;

  private constructor(links: readonly IdLink[], people: ReadonlySet<string>) {
    this.#people = people;
    for (const link of links) this.enter(link);
  }

  static async read(tx: Tx): Promise<LinkBook> {
    const links = await tx.selectFrom("id_links").selectAll().where("removed_at", "is", null).execute();
    const people = await tx.selectFrom("people").select("person_id").execute();
    return new LinkBook(links.map(toIdLink), new Set(people.map((row) => row.person_id)));
  }

  enter(link: IdLink): void {
    const key = keyOf(link);
    this.#links.set(key, [...(this.#links.get(key) ?? []), link]);
  }

  linksOf(id: Pick<IdLink, "idSpace" | "userId">): readonly IdLink[] {
    return this.#links.get(keyOf(id)) ?? [];
  }

  /** Throws `people.unknown`. */
  refuseStranger({ personId }: Wanted, place: Place): void {
    if (this.#people.has(personId)) return;
    throw new TandemError("people.unknown", { personId, ...placeDetails(place) });
  }

  /** Throws `ids.overlap`: on one day an ID means one person. */
  refuseOverlap(wanted: Wanted, place: Place): void {
    const other = this.linksOf(wanted).find((link) => overlaps(link, wanted));
    if (other === undefined) return;
    const { idSpace, userId } = wanted;
    throw new TandemError("ids.overlap", { idSpace, userId, personId: other.personId, ...placeDetails(place) });
  }
}

export function isSameLink(a: Wanted, b: Wanted): boolean {
  return a.personId === b.personId && a.scheme === b.scheme && a.validFrom === b.validFrom && a.validTo === b.validTo;
}

/** A link as the store keeps it. */
export function toIdLink(row: Row<"id_links">): IdLink {
  return {
    id: row.id,
    idSpace: IdSpaceId.parse(row.id_space),
    userId: UserId.parse(row.user_id),
    personId: PersonId.parse(row.person_id),
    scheme: Scheme.parse(row.scheme),
    validFrom: LocalDate.nullable().parse(row.valid_from),
    validTo: LocalDate.nullable().parse(row.valid_to),
    setBy: row.set_by,
    setAt: Instant.parse(row.set_at),
    why: row.why,
  };
}

function keyOf({ idSpace, userId }: Pick<IdLink, "idSpace" | "userId">): string {
  return JSON.stringify([idSpace, userId]);
}

/** `where` stands at the end of the text: " (ids.csv:7)" or nothing. */
function placeDetails({ file, line }: Place): { where: string; line?: number; file?: string } {
  if (file === undefined || line === undefined) return { where: "" };
  return { where: ` (${file}:${line})`, line, file };
}
