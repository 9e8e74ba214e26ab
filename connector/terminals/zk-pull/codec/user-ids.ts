import { UserId } from "@tandem/contracts/domain/ids.ts";

import { plainText } from "./text.ts";

const PLAUSIBLE = /^[0-9A-Za-z][0-9A-Za-z_-]{0,23}$/;
/** Stands for a record that names nobody: no text and slot 0 (`zk-pull.md` §2.5). */
const NOBODY = "0";

/** Whether a text looks like a user ID at all (`zk-pull.md` §2.4). */
export function isPlausibleId(text: string): boolean {
  return PLAUSIBLE.test(text);
}

/** Makes user IDs; a log names few people very often, so equal texts become one string. */
export class UserIds {
  readonly #known = new Map<string, UserId>();

  of(text: string): UserId {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const userId = UserId.parse(text === "" ? NOBODY : text);
    this.#known.set(text, userId);
    return userId;
  }

  /** Text in a field; the slot number where the field is empty. */
  inField(field: Buffer, uid: number): UserId {
    const text = plainText(field);
    return this.of(text === "" ? String(uid) : text);
  }
}
