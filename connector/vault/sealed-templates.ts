import type { BiometricKind } from "@tandem/contracts/domain/consent.ts";
import type { PersonId } from "@tandem/contracts/domain/ids.ts";
import { hasCode, TandemError, toTandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../audit/audit.ts";
import type { Consents } from "../people/consents.ts";
import { type Clock, instantOf } from "../platform/clock.ts";
import { emptyLog, forgetDeleted } from "../store/forget-deleted.ts";
import type { Store, Tx } from "../store/store.ts";

import type { PersonKeys } from "./person-keys.ts";
import { seal, unseal } from "./seal.ts";
import { dropIdleKeys } from "./template-eraser.ts";
import type { VaultSettings } from "./vault-status.ts";

/** What one template is of: the right one of a person, in the form of one algorithm. */
export interface TemplateSlot {
  readonly personId: PersonId;
  readonly kind: BiometricKind;
  /** 0–9 as the terminal counts; 0 for a face or a photo. */
  readonly finger: number;
  /** For example `finger-10`: a terminal takes only its own algorithm's. */
  readonly algorithm: string;
}

export interface TemplateParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly consents: Consents;
  readonly keys: PersonKeys;
  readonly settings: VaultSettings;
}

/** The longest a template stays that is not kept, in milliseconds (issue: "at most 24 h"). */
export const LONGEST_STAY_MS = 24 * 60 * 60 * 1000;

/** Photos are the largest; a fingerprint has at most 2 KB. */
export const TEMPLATE_LIMIT_BYTES = 1024 * 1024;

/** Name under which a template is held that belongs to no copy. */
const KEPT = "";

/**
 * Templates at rest: sealed with the person's data key, bound to their slot, used only with consent, and gone with their
 * copy unless the site keeps copies. Each use is audited; the bytes are in no entry and in no error.
 */
export class SealedTemplates {
  readonly #parts: TemplateParts;

  constructor(parts: TemplateParts) {
    this.#parts = parts;
  }

  /**
   * Seals a template for a copy that is under way. Errors: `consent.missing`, `consent.biometrics-off`,
   * `vault.template-size`.
   */
  async put(slot: TemplateSlot, bytes: Uint8Array, copy: string, actor: string): Promise<void> {
    const { keys, clock, settings } = this.#parts;
    await this.#audited("vault.put", slot, actor, async (tx) => {
      if (bytes.length === 0 || bytes.length > TEMPLATE_LIMIT_BYTES) {
        throw new TandemError("vault.template-size", { bytes: bytes.length, limit: TEMPLATE_LIMIT_BYTES });
      }
      const key = await keys.obtain(tx, slot.personId);
      const { personId, kind, finger, algorithm } = slot;
      const now = clock.now();
      const content = {
        sealed: seal(key, bytes, boundTo(slot)),
        sealed_at: instantOf(now),
        expires_at: settings.keepCopies ? null : instantOf(now + LONGEST_STAY_MS),
      };
      key.fill(0);
      await tx
        .insertInto("templates")
        .values({
          person_id: personId,
          kind,
          finger,
          algorithm,
          copy: settings.keepCopies ? KEPT : copy,
          ...content,
        })
        .onConflict((conflict) =>
          conflict.columns(["person_id", "kind", "finger", "algorithm", "copy"]).doUpdateSet(content),
        )
        .execute();
    });
  }

  /**
   * The template that this copy sealed, or the kept one. Errors: `consent.*`, `vault.template-missing` (also when its
   * time is over), `vault.template-damaged`, `store.key-wrong`.
   */
  async get(slot: TemplateSlot, copy: string, actor: string): Promise<Uint8Array> {
    const { personId, kind } = slot;
    return await this.#audited("vault.get", slot, actor, async (tx) => {
      const row = await this.#rowOf(tx, slot, copy);
      const key = await this.#parts.keys.find(tx, personId);
      if (row === undefined) throw new TandemError("vault.template-missing", { personId, kind });
      const bytes = key === null ? null : unseal(key, row.sealed, boundTo(slot));
      key?.fill(0);
      if (bytes === null) throw new TandemError("vault.template-damaged", { personId, kind });
      return bytes;
    });
  }

  /**
   * Destroys what was sealed for this copy; what is kept stays. Answers how many templates there were. Their bytes may
   * stay on the disk while another program reads the database: the next purge makes an end of them, or tells of it.
   */
  async endCopy(copy: string, actor: string): Promise<number> {
    if (copy === KEPT) return 0;
    const templates = await this.#remove("vault.end-copy", copy, actor, (tx) =>
      tx.deleteFrom("templates").where("copy", "=", copy).returning("person_id").execute(),
    );
    if (templates > 0) await emptyLog(this.#parts.store.db);
    return templates;
  }

  /**
   * Destroys what is past its time, what was kept where the site keeps copies no longer, and everything where it uses no
   * biometrics, also from the log of the database. Answers how many templates there were. Errors: `vault.not-destroyed`.
   */
  async purge(actor = "connector"): Promise<number> {
    const { clock, settings } = this.#parts;
    const now = instantOf(clock.now());
    const templates = await this.#remove("vault.purge", "templates", actor, (tx) =>
      tx
        .deleteFrom("templates")
        .where((row) =>
          row.or([
            row("expires_at", "<=", now),
            ...(settings.keepCopies && !settings.noBiometrics ? [] : [row("expires_at", "is", null)]),
            ...(settings.noBiometrics ? [row("expires_at", ">", now)] : []),
          ]),
        )
        .returning("person_id")
        .execute(),
    );
    // Also where nothing was due: what was erased earlier may still stand in the log.
    await forgetDeleted(this.#parts.store);
    return templates;
  }

  async #rowOf(tx: Tx, slot: TemplateSlot, copy: string): Promise<{ sealed: Buffer } | undefined> {
    const now = instantOf(this.#parts.clock.now());
    return await tx
      .selectFrom("templates")
      .select("sealed")
      .where("person_id", "=", slot.personId)
      .where("kind", "=", slot.kind)
      .where("finger", "=", slot.finger)
      .where("algorithm", "=", slot.algorithm)
      .where("copy", "in", [copy, KEPT])
      .where((row) => row.or([row("expires_at", "is", null), row("expires_at", ">", now)]))
      // The copy's own before the kept one.
      .orderBy("copy", "desc")
      .executeTakeFirst();
  }

  async #remove(
    action: string,
    subject: string,
    actor: string,
    work: (tx: Tx) => Promise<{ person_id: string }[]>,
  ): Promise<number> {
    const { store, audit } = this.#parts;
    return await store.transaction(async (tx) => {
      const removed = await work(tx);
      if (removed.length === 0) return 0;
      await dropIdleKeys(tx, [...new Set(removed.map((row) => row.person_id))]);
      const detail = { templates: removed.length };
      await audit.append(tx, { actor, action, subject, outcome: "succeeded", detail });
      return removed.length;
    });
  }

  /** Runs `work` with consent and with its audit entry, in one transaction; a refusal is audited by itself. */
  async #audited<T>(
    action: string,
    { personId, kind, finger, algorithm }: TemplateSlot,
    actor: string,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const { store, audit, consents } = this.#parts;
    const entry = { actor, action, subject: personId };
    const detail = { kind, finger, algorithm };
    try {
      return await store.transaction(async (tx) => {
        await consents.require([personId], kind, { tx });
        const result = await work(tx);
        await audit.append(tx, { ...entry, outcome: "succeeded", detail });
        return result;
      });
    } catch (error) {
      const outcome = hasCode(error, "consent.missing", "consent.biometrics-off") ? "refused" : "failed";
      const { code } = toTandemError(error);
      await store.transaction((tx) => audit.append(tx, { ...entry, outcome, detail: { ...detail, code } }));
      throw error;
    }
  }
}

function boundTo({ personId, kind, finger, algorithm }: TemplateSlot): string {
  return JSON.stringify(["template", personId, kind, finger, algorithm]);
}
