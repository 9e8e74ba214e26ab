import type { BiometricKind } from "@tandem/contracts/domain/consent.ts";
import type { PersonId } from "@tandem/contracts/domain/ids.ts";

import type { Audit } from "../audit/audit.ts";
import type { Tx } from "../store/store.ts";

/**
 * Destroys sealed templates. When a person's last one goes, the data key goes with it, so that what a disk still holds
 * of the deleted rows cannot be opened either.
 */
export class TemplateEraser {
  readonly #audit: Audit;

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  /** Answers how many templates there were. */
  async eraseKind(tx: Tx, personId: PersonId, kind: BiometricKind, actor: string): Promise<number> {
    const { numDeletedRows } = await tx
      .deleteFrom("templates")
      .where("person_id", "=", personId)
      .where("kind", "=", kind)
      .executeTakeFirstOrThrow();
    const templates = Number(numDeletedRows);
    await dropIdleKeys(tx, [personId]);
    await this.#log(tx, "vault.erase", personId, actor, { kind, templates });
    return templates;
  }

  /** Destroys the data key and everything sealed with it. Answers how many templates there were. */
  async erasePerson(tx: Tx, personId: PersonId, actor: string): Promise<number> {
    await tx.deleteFrom("person_keys").where("person_id", "=", personId).execute();
    const { numDeletedRows } = await tx
      .deleteFrom("templates")
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    const templates = Number(numDeletedRows);
    await this.#log(tx, "vault.erase-person", personId, actor, { templates });
    return templates;
  }

  /** Destroys what is kept without an end. Answers how many templates there were. */
  async eraseKept(tx: Tx, actor: string): Promise<number> {
    const rows = await tx.deleteFrom("templates").where("expires_at", "is", null).returning("person_id").execute();
    return await this.#gone(tx, "vault.erase-kept", rows, actor);
  }

  /** Destroys everything sealed, and every data key. Answers how many templates there were. */
  async eraseAll(tx: Tx, actor: string): Promise<number> {
    const rows = await tx.deleteFrom("templates").returning("person_id").execute();
    return await this.#gone(tx, "vault.erase-all", rows, actor);
  }

  async #gone(tx: Tx, action: string, rows: readonly { person_id: string }[], actor: string): Promise<number> {
    if (rows.length === 0) return 0;
    await dropIdleKeys(tx, [...new Set(rows.map((row) => row.person_id))]);
    await this.#log(tx, action, "templates", actor, { templates: rows.length });
    return rows.length;
  }

  async #log(tx: Tx, action: string, subject: string, actor: string, detail: Record<string, unknown>): Promise<void> {
    await this.#audit.append(tx, { actor, action, subject, outcome: "succeeded", detail });
  }
}

/** Destroys the data keys of those people of whom nothing is stored any more. */
export async function dropIdleKeys(tx: Tx, people: readonly string[]): Promise<void> {
  for (const personId of people) {
    const left = await tx
      .selectFrom("templates")
      .select("finger")
      .where("person_id", "=", personId)
      .limit(1)
      .executeTakeFirst();
    if (left === undefined) await tx.deleteFrom("person_keys").where("person_id", "=", personId).execute();
  }
}
