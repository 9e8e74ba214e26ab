import { type IdSpaceId, type PersonId, UserId } from "@tandem/contracts/domain/ids.ts";
import type { TemplateImportRequest, TemplateImportResult } from "@tandem/contracts/domain/punch-file.ts";
import { LocalDate, type Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../../audit/audit.ts";
import type { Consents } from "../../people/consents.ts";
import type { IdLinks } from "../../people/id-links.ts";
import { covers } from "../../people/validity.ts";
import type { Clock } from "../../platform/clock.ts";
import { toLocal } from "../../platform/zone-time.ts";
import type { Store } from "../../store/store.ts";
import type { SealedTemplates } from "../../vault/sealed-templates.ts";
import type { TemplateEntry } from "../zk-pull/codec/templates.ts";

import { readTemplateFile } from "./template-file.ts";
import { readUserTable } from "./user-file.ts";

export interface TemplateImportParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly links: IdLinks;
  readonly consents: Consents;
  readonly templates: SealedTemplates;
  /** The site's switch: without it there is no place for what a file holds. */
  readonly settings: { readonly keepCopies: boolean };
  readonly defaultZone: () => Zone;
}

/** Terminals never give out this ID (`zk-pull.md` §5). */
const NOBODY = UserId.parse("0");
/** Duress (3) would be copied as a normal finger and alarm nobody; invalid ones (0) open nothing. */
const NORMAL = 1;
/** Name of the copy that sealing belongs to; where copies are kept it is not looked at. */
const COPY = "file";

/** A template with the user whose slot it names. */
interface Owned {
  /** Null where the row has no ID of its own: the slot's number that stands for it may be somebody else's ID. */
  readonly userId: UserId | null;
  readonly entry: TemplateEntry;
}

/** Brings fingerprints of a USB export into the vault, of people who agreed and of nobody else. */
export class TemplateImport {
  readonly #parts: TemplateImportParts;

  constructor(parts: TemplateImportParts) {
    this.#parts = parts;
  }

  /**
   * Seals the fingers of everybody who is linked and has agreed; sealing them again changes nothing. Errors:
   * `import.templates-not-kept`, `import.templates-unreadable`, `import.users-unreadable`, `import.users-mismatch`,
   * `consent.biometrics-off`.
   */
  async run({ file, bytes, users, idSpace }: TemplateImportRequest, actor: string): Promise<TemplateImportResult> {
    const { consents, templates, settings } = this.#parts;
    if (!settings.keepCopies) throw new TandemError("import.templates-not-kept");
    const personOf = await this.#personOf(idSpace);
    // Asked before anything is decoded: it refuses where biometrics are switched off.
    const allowed = await consents.allowed([...new Set(personOf.values())], "finger");
    const { version, entries } = readTemplateFile(file, Buffer.from(bytes, "base64"));
    const unlinked = new Set<UserId>();
    const withoutConsent = new Set<PersonId>();
    const counts = { read: entries.length, sealed: 0, notNormal: 0 };
    for (const { userId, entry } of owners(entries, Buffer.from(users, "base64"), file)) {
      const personId = userId === null ? undefined : personOf.get(userId);
      if (personId === undefined) unlinked.add(userId ?? NOBODY);
      else if (!allowed.has(personId)) withoutConsent.add(personId);
      else if (entry.flag !== NORMAL) counts.notNormal++;
      else {
        const slot = { personId, kind: "finger", finger: entry.finger, algorithm: `finger-${version}` } as const;
        await templates.put(slot, entry.template, COPY, actor);
        counts.sealed++;
      }
    }
    await this.#log(file, { ...counts, unlinked: unlinked.size, withoutConsent: withoutConsent.size }, actor);
    return { file, version, ...counts, unlinked: [...unlinked], withoutConsent: [...withoutConsent] };
  }

  /** Whom the user IDs of a space mean today. */
  async #personOf(idSpace: IdSpaceId): Promise<ReadonlyMap<UserId, PersonId>> {
    const { links, clock, defaultZone } = this.#parts;
    const today = LocalDate.parse(toLocal(defaultZone(), clock.now()).slice(0, 10));
    const ofSpace = (await links.list()).filter((link) => link.idSpace === idSpace && covers(link, today));
    return new Map(ofSpace.map(({ userId, personId }) => [userId, personId]));
  }

  async #log(subject: string, detail: Record<string, number>, actor: string): Promise<void> {
    const { store, audit } = this.#parts;
    const entry = { actor, action: "vault.import-templates", subject, outcome: "succeeded", detail } as const;
    await store.transaction((tx) => audit.append(tx, entry));
  }
}

/**
 * A wrong join gives somebody else's finger to an ID (`formats.md` §4), so every slot must be in the user list. Throws
 * `import.users-unreadable`, `import.users-mismatch`.
 */
function owners(entries: readonly TemplateEntry[], users: Buffer, file: string): readonly Owned[] {
  const rows = readUserTable("user.dat", users);
  const bySlot = new Map(rows.map(({ uid, user }) => [uid, user.withoutId === true ? null : user.userId]));
  // Of two users in one slot, nobody knows whose the fingerprints are.
  if (bySlot.size !== rows.length) throw new TandemError("import.users-mismatch", { file });
  return entries.map((entry) => {
    const userId = bySlot.get(entry.uid);
    if (userId === undefined) throw new TandemError("import.users-mismatch", { file });
    return { userId, entry };
  });
}
