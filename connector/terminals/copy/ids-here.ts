import type { PersonId, UserId } from "@tandem/contracts/domain/ids.ts";

import { sameUserId } from "../user-id-rules.ts";

/**
 * Under which IDs people are on a terminal. A finger under two of them makes it a matter of chance which one punches
 * (`zk-pull.md` §4), so nobody gets fingers under another ID than the one they have there.
 */
export class IdsHere {
  readonly #ids = new Map<PersonId, UserId[]>();

  constructor(userIds: readonly UserId[], personOf: ReadonlyMap<UserId, PersonId>) {
    for (const userId of userIds) {
      const personId = personOf.get(userId);
      if (personId !== undefined) this.add(userId, personId);
    }
  }

  add(userId: UserId, personId: PersonId): void {
    this.#ids.set(personId, [...(this.#ids.get(personId) ?? []), userId]);
  }

  /** Null where the person is here under this ID only, or not at all. */
  otherThan(userId: UserId, personId: PersonId): UserId | null {
    return this.#ids.get(personId)?.find((own) => !sameUserId(own, userId)) ?? null;
  }
}
