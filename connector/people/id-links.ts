import type { IdLink, NewIdLink } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, type PersonId, type UserId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { reattribute } from "../ledger/attribution.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import type { Store, Tx } from "../store/store.ts";

import { readIdsFile } from "./ids-file.ts";
import { isSameLink, LinkBook, toIdLink } from "./link-book.ts";

export interface LinksParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  /** A new link's id, never used before. */
  readonly newId: () => string;
}

/** `released` = punches that left quarantine. */
export interface LinkImportCounts {
  readonly read: number;
  readonly added: number;
  readonly same: number;
  readonly released: number;
}

/** The ID of one person on terminals, as `unlink` names it. */
export interface LinkOfPerson {
  readonly idSpace: IdSpaceId;
  readonly userId: UserId;
  readonly personId: PersonId;
  readonly why: string;
}

/**
 * Who is meant by a terminal's user ID, in which ID space and when. Every change is audited and gives the punches of
 * that ID to the person now meant, all in one transaction. A removed link stays on record.
 */
export class IdLinks {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor({ store, audit, clock, newId }: LinksParts) {
    this.#store = store;
    this.#audit = audit;
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Links in force, by ID space and user ID. */
  async list(): Promise<readonly IdLink[]> {
    const rows = await this.#store.db
      .selectFrom("id_links")
      .selectAll()
      .where("removed_at", "is", null)
      .orderBy("id_space")
      .orderBy("user_id")
      .orderBy("valid_from")
      .execute();
    return rows.map(toIdLink);
  }

  /** Every ID space that a terminal, a link or a punch names. */
  async spaces(): Promise<readonly IdSpaceId[]> {
    const rows = await this.#store.db
      .selectFrom("terminals")
      .select("id_space")
      .union(this.#store.db.selectFrom("id_links").select("id_space"))
      .union(this.#store.db.selectFrom("punches").select("id_space"))
      .orderBy("id_space")
      .execute();
    return rows.map((row) => IdSpaceId.parse(row.id_space));
  }

  /** Throws `people.unknown` or `ids.overlap`. Linking again what is linked so already changes nothing. */
  async link(wanted: NewIdLink, actor: string): Promise<IdLink> {
    return await this.#store.transaction(async (tx) => {
      const book = await LinkBook.read(tx);
      const same = book.linksOf(wanted).find((link) => isSameLink(link, wanted));
      if (same !== undefined) return same;
      book.refuseStranger(wanted, {});
      book.refuseOverlap(wanted, {});
      const link = await this.#add(tx, wanted, actor);
      await reattribute(tx, link.idSpace, link.userId, link.setAt);
      return link;
    });
  }

  /** Removes the links in force of this ID to this person. Throws `ids.unknown-link` when there is none. */
  async unlink({ idSpace, userId, personId, why }: LinkOfPerson, actor: string): Promise<{ removed: number }> {
    return await this.#store.transaction(async (tx) => {
      const book = await LinkBook.read(tx);
      const links = book.linksOf({ idSpace, userId }).filter((link) => link.personId === personId);
      if (links.length === 0) throw new TandemError("ids.unknown-link", { idSpace, userId, personId });
      const now = instantOf(this.#clock.now());
      for (const link of links) {
        await tx
          .updateTable("id_links")
          .set({ removed_at: now, removed_by: actor, removed_why: why })
          .where("id", "=", link.id)
          .execute();
        await this.#auditLink(tx, "ids.unlink", link, actor);
      }
      await reattribute(tx, idSpace, userId, now);
      return { removed: links.length };
    });
  }

  /**
   * Takes an ids file (design §5.2), all of it or nothing. Throws `import.*`, `people.unknown` or `ids.overlap`, naming
   * the line. What is linked so already is left as it is.
   */
  async importFile(file: string, text: string, actor: string): Promise<LinkImportCounts> {
    const rows = readIdsFile(text);
    return await this.#store.transaction(async (tx) => {
      const book = await LinkBook.read(tx);
      const added: IdLink[] = [];
      for (const { line, link } of rows) {
        if (book.linksOf(link).some((known) => isSameLink(known, link))) continue;
        book.refuseStranger(link, { file, line });
        book.refuseOverlap(link, { file, line });
        const entered = await this.#add(tx, { ...link, why: file }, actor);
        book.enter(entered);
        added.push(entered);
      }
      const counts = { read: rows.length, added: added.length, same: rows.length - added.length };
      const released = await this.#release(tx, added);
      const detail = { ...counts, released };
      await this.#audit.append(tx, { actor, action: "ids.import", subject: file, outcome: "succeeded", detail });
      return detail;
    });
  }

  async #release(tx: Tx, links: readonly IdLink[]): Promise<number> {
    const ids = new Map(links.map((link) => [JSON.stringify([link.idSpace, link.userId]), link]));
    let released = 0;
    for (const { idSpace, userId, setAt } of ids.values()) {
      released += (await reattribute(tx, idSpace, userId, setAt)).released;
    }
    return released;
  }

  async #add(tx: Tx, wanted: NewIdLink, actor: string): Promise<IdLink> {
    const link = { ...wanted, id: this.#newId(), setBy: actor, setAt: instantOf(this.#clock.now()) };
    await tx
      .insertInto("id_links")
      .values({
        id: link.id,
        id_space: link.idSpace,
        user_id: link.userId,
        person_id: link.personId,
        scheme: link.scheme,
        valid_from: link.validFrom,
        valid_to: link.validTo,
        set_by: link.setBy,
        set_at: link.setAt,
        why: link.why,
        removed_at: null,
        removed_by: null,
        removed_why: null,
      })
      .execute();
    await this.#auditLink(tx, "ids.link", link, actor);
    return link;
  }

  async #auditLink(tx: Tx, action: string, link: IdLink, actor: string): Promise<void> {
    const { id, personId, scheme, validFrom, validTo } = link;
    const subject = `${link.idSpace}/${link.userId}`;
    const detail = { id, personId, scheme, validFrom, validTo };
    await this.#audit.append(tx, { actor, action, subject, outcome: "succeeded", detail });
  }
}
