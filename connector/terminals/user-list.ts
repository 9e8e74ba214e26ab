import type { TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { TerminalUserRow } from "@tandem/contracts/domain/terminal.ts";

import type { FingerTemplate } from "./enrolments.ts";
import type { Terminals } from "./service.ts";
import type { BookedTerminal } from "./terminal-book.ts";
import type { TerminalUser } from "./terminal.ts";

/** Those of a terminal's users whose fingers may be looked at. */
export type WhoseFingers = (users: readonly UserId[], terminal: BookedTerminal) => Promise<ReadonlySet<UserId>>;

/**
 * Users as the terminal holds them. Which fingers are enrolled is read of those only whom `whose` names; what they look
 * like is let go at once. Errors: `terminal.*`.
 */
export function listUsers(
  terminals: Terminals,
  name: TerminalName,
  whose: WhoseFingers = () => Promise.resolve(new Set()),
): Promise<TerminalUserRow[]> {
  return terminals.visit(name, {}, async (terminal, booked) => {
    const users = await terminal.users();
    const named = users.filter(({ withoutId }) => withoutId !== true).map(({ userId }) => userId);
    const wanted = await whose(named, booked);
    const fingers = wanted.size === 0 ? new Map<UserId, never>() : await terminal.enrolments.fingers(wanted);
    return users.map((user) => toRow(user, fingers.get(user.userId) ?? []));
  });
}

function toRow(
  { userId, withoutId, name, nameRaw, card, privilege, group }: TerminalUser,
  fingers: readonly FingerTemplate[],
): TerminalUserRow {
  return {
    userId,
    ...(withoutId === undefined ? {} : { withoutId }),
    name,
    nameRaw: Buffer.from(nameRaw).toString("hex"),
    card,
    privilege,
    group,
    fingers: withoutId === true ? [] : fingers.map(({ finger }) => finger).sort(),
  };
}
