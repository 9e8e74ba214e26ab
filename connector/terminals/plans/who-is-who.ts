import type { IdLink, Scheme } from "@tandem/contracts/domain/id-link.ts";
import type { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";
import type { Zone } from "@tandem/contracts/domain/time.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import type { Audit } from "../../audit/audit.ts";
import type { BiometricsSwitch, Consents } from "../../people/consents.ts";
import type { IdLinks } from "../../people/id-links.ts";
import type { People } from "../../people/people.ts";
import { covers } from "../../people/validity.ts";
import type { Clock } from "../../platform/clock.ts";
import { toLocal } from "../../platform/zone-time.ts";
import type { Store } from "../../store/store.ts";
import type { FingerTemplate } from "../enrolments.ts";
import type { ReadProgress, Terminal } from "../terminal.ts";
import type { ReadSlots } from "../user-list.ts";

export interface WhoParts {
  readonly people: People;
  readonly links: IdLinks;
  readonly consents: Consents;
  readonly clock: Clock;
  readonly store: Store;
  readonly audit: Audit;
  readonly settings: BiometricsSwitch;
}

/** The IDs that mean somebody in one ID space on one day. */
export interface Ids {
  readonly personOf: ReadonlyMap<UserId, PersonId>;
  readonly idsOf: (personId: PersonId, scheme?: Scheme) => readonly UserId[];
}

/** Who is behind a terminal's users, and whose fingers may be used. */
export class WhoIsWho {
  readonly #parts: WhoParts;

  constructor(parts: WhoParts) {
    this.#parts = parts;
  }

  /** IDs in force today, by the wall clock of the terminal. */
  async ids(idSpace: IdSpaceId, zone: Zone): Promise<Ids> {
    const today = this.today(zone);
    const links = (await this.linksOf(idSpace)).filter((link) => covers(link, today));
    return {
      personOf: new Map(links.map(({ userId, personId }) => [userId, personId])),
      idsOf: (personId, scheme) =>
        links
          .filter((link) => link.personId === personId && (scheme === undefined || link.scheme === scheme))
          .map(({ userId }) => userId),
    };
  }

  /** Every link of this ID space, whenever it holds. */
  async linksOf(idSpace: IdSpaceId): Promise<readonly IdLink[]> {
    return (await this.#parts.links.list()).filter((link) => link.idSpace === idSpace);
  }

  today(zone: Zone): LocalDate {
    return LocalDate.parse(toLocal(zone, this.#parts.clock.now()).slice(0, 10));
  }

  /**
   * Those of these user IDs whose person agreed to the use of fingerprints. Errors: `consent.biometrics-off`.
   */
  async consented(userIds: readonly UserId[], personOf: Ids["personOf"]): Promise<ReadonlySet<UserId>> {
    const people = userIds.flatMap((userId) => personOf.get(userId) ?? []);
    const allowed = await this.#parts.consents.allowed(people, "finger");
    return new Set(
      userIds.filter((userId) => {
        const personId = personOf.get(userId);
        return personId !== undefined && allowed.has(personId);
      }),
    );
  }

  /** Which fingers a terminal's users have who agreed; nobody's where the site uses no biometrics. */
  fingersOfAgreed(actor: string): ReadSlots {
    const { settings } = this.#parts;
    return async (terminal, users, { name, idSpace, zone }) => {
      if (settings.noBiometrics) return new Map();
      const { personOf } = await this.ids(idSpace, zone);
      return this.readFingers(terminal, await this.consented(users, personOf), { terminal: name, actor });
    };
  }

  /** Reads fingers of those who agreed, after the audit has it that somebody asked for them. Errors: `terminal.*`. */
  async readFingers(
    { enrolments }: Pick<Terminal, "enrolments">,
    of: ReadonlySet<UserId>,
    { terminal, actor, progress }: { terminal: TerminalName; actor: string; progress?: ReadProgress | undefined },
  ): Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>> {
    if (of.size === 0) return new Map();
    const { store, audit } = this.#parts;
    const detail = { people: of.size };
    await store.transaction((tx) =>
      audit.append(tx, { actor, action: "terminals.read-fingers", subject: terminal, outcome: "requested", detail }),
    );
    return enrolments.fingers(of, progress);
  }

  /** By the HR app's id. */
  async people(): Promise<ReadonlyMap<PersonId, Person>> {
    return new Map((await this.#parts.people.list()).map((person) => [person.personId, person]));
  }

  /** Errors: `plan.no-people` naming those that nobody knows. */
  async refuseStrangers(named: readonly PersonId[]): Promise<void> {
    const known = await this.people();
    const strangers = named.filter((personId) => !known.has(personId));
    if (strangers.length > 0) throw new TandemError("plan.no-people", { people: strangers.slice(0, 10).join(", ") });
  }
}
