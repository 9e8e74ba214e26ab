import type {
  BiometricKind,
  Consent,
  ConsentCounts,
  ConsentPurpose,
  ConsentQuery,
  NewConsent,
  Withdrawal,
  WithdrawalCounts,
} from "@tandem/contracts/domain/consent.ts";
import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import { forgetDeleted } from "../store/forget-deleted.ts";
import type { NewRow } from "../store/schema.ts";
import type { Store, Tx } from "../store/store.ts";

import { lastIds, lastWords, toConsent } from "./consent-book.ts";
import { peopleToAsk, refuseStrangers } from "./consent-people.ts";

/** The site's switch (`product.md` §8.2 G2). */
export interface BiometricsSwitch {
  readonly noBiometrics: boolean;
}

/** Destroys what is stored of a person's data of one kind; answers how many copies there were. */
export interface CopyEraser {
  eraseKind(tx: Tx, personId: PersonId, kind: BiometricKind, actor: string): Promise<number>;
}

export interface ConsentParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly settings: BiometricsSwitch;
  readonly copies: CopyEraser;
}

/** Who agreed to what. Records are only ever added; the last one about a use decides. */
export class Consents {
  readonly #parts: ConsentParts;

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /**
   * Records that people agreed to a text, for all of them or for none. Agreeing again to the same text, in the same
   * language and way, changes nothing. Errors: `people.unknown`, `consent.biometrics-off`.
   */
  async record(consent: NewConsent, actor: string): Promise<ConsentCounts> {
    this.#refuseWhenOff();
    return await this.#parts.store.transaction(async (tx) => {
      const people = await peopleToAsk(tx, consent.people);
      const words = await lastWords(tx, consent, people);
      const missing = people.filter((personId) => !says(words.get(personId), consent));
      const { purpose, kind, text, language, method } = consent;
      for (const personId of missing) {
        const columns = { text_version: text, language, method, why: "" };
        await this.#add(tx, { person_id: personId, purpose, kind, action: "given", actor, ...columns });
        const detail = { purpose, kind, text, language, method };
        await this.#log(tx, "consent.record", personId, actor, detail);
      }
      return { recorded: missing.length, same: people.length - missing.length };
    });
  }

  /**
   * Records that people withdrew, and destroys the sealed copies of these data in the same transaction. Always
   * possible, also where biometrics are switched off; repeated, it destroys what a reader of the database kept on the
   * disk. Errors: `people.unknown`, `vault.not-destroyed` when all of this is done and the bytes are still on the disk.
   */
  async withdraw({ people, kind, purpose, why }: Withdrawal, actor: string): Promise<WithdrawalCounts> {
    const counts = await this.#parts.store.transaction(async (tx) => {
      const named = [...new Set(people)];
      await refuseStrangers(tx, named);
      const words = await lastWords(tx, { kind, purpose }, named);
      const withdrawing = named.filter((personId) => words.get(personId)?.inForce === true);
      let erased = 0;
      for (const personId of withdrawing) {
        const columns = { text_version: null, language: null, method: null, why };
        await this.#add(tx, { person_id: personId, purpose, kind, action: "withdrawn", actor, ...columns });
        await this.#log(tx, "consent.withdraw", personId, actor, { purpose, kind, why });
        // What is stored is stored for attendance; another purpose has no copies.
        if (purpose === "attendance") erased += await this.#parts.copies.eraseKind(tx, personId, kind, actor);
      }
      return { withdrawn: withdrawing.length, none: named.length - withdrawing.length, erased };
    });
    await forgetDeleted(this.#parts.store);
    return counts;
  }

  /** Every record, oldest first. Errors: `people.unknown`. */
  async list({ personId, kind }: ConsentQuery = {}): Promise<readonly Consent[]> {
    return await this.#parts.store.transaction(async (tx) => {
      if (personId !== undefined) await refuseStrangers(tx, [personId]);
      let query = tx.selectFrom("consents").selectAll().orderBy("id");
      if (personId !== undefined) query = query.where("person_id", "=", personId);
      if (kind !== undefined) query = query.where("kind", "=", kind);
      const last = new Set((await lastIds(tx).execute()).map((row) => row.last));
      return (await query.execute()).map((row) => toConsent(row, last.has(row.id)));
    });
  }

  /** Those of these people whose data of this kind may be used now. Errors: `consent.biometrics-off`. */
  async allowed(
    personIds: readonly PersonId[],
    kind: BiometricKind,
    { purpose = "attendance", tx }: { purpose?: ConsentPurpose; tx?: Tx } = {},
  ): Promise<ReadonlySet<PersonId>> {
    this.#refuseWhenOff();
    const words = await lastWords(tx ?? this.#parts.store.db, { kind, purpose }, personIds);
    return new Set(personIds.filter((personId) => words.get(personId)?.inForce === true));
  }

  /**
   * To be called before any biometric read, copy or storage; inside `tx` when the answer must hold for an effect.
   * Errors: `consent.missing` naming the first person, `consent.biometrics-off`.
   */
  async require(
    personIds: readonly PersonId[],
    kind: BiometricKind,
    options: { purpose?: ConsentPurpose; tx?: Tx } = {},
  ): Promise<void> {
    const allowed = await this.allowed(personIds, kind, options);
    const refused = personIds.find((personId) => !allowed.has(personId));
    if (refused !== undefined) throw new TandemError("consent.missing", { personId: refused, kind });
  }

  #refuseWhenOff(): void {
    if (this.#parts.settings.noBiometrics) throw new TandemError("consent.biometrics-off");
  }

  async #add(tx: Tx, record: Omit<NewRow<"consents">, "id" | "at">): Promise<void> {
    const at = instantOf(this.#parts.clock.now());
    await tx
      .insertInto("consents")
      .values({ ...record, at })
      .execute();
  }

  async #log(tx: Tx, action: string, subject: string, actor: string, detail: Record<string, unknown>): Promise<void> {
    await this.#parts.audit.append(tx, { actor, action, subject, outcome: "succeeded", detail });
  }
}

function says(word: Consent | undefined, { text, language, method }: NewConsent): boolean {
  return word?.inForce === true && word.text === text && word.language === language && word.method === method;
}
