import type { TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { TerminalUserRow } from "@tandem/contracts/domain/terminal.ts";

import type { FingerTemplate } from "./enrolments.ts";
import type { Terminals } from "./service.ts";
import type { BookedTerminal } from "./terminal-book.ts";
import type { Terminal, TerminalUser } from "./terminal.ts";

/** Reads the fingers of those of a terminal's users whose may be looked at. Errors: `terminal.*`. */
export type ReadSlots = (
  terminal: Terminal,
  users: readonly UserId[],
  booked: BookedTerminal,
) => Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>>;

/**
 * Users as the terminal holds them. Which fingers are enrolled is read by `readSlots`; what they look like is let go at
 * once. Errors: `terminal.*`.
 */
export function listUsers(
  terminals: Terminals,
  name: TerminalName,
  readSlots: ReadSlots = () => Promise.resolve(new Map()),
): Promise<TerminalUserRow[]> {
  return terminals.visit(name, {}, async (terminal, booked) => {
    const users = await terminal.users();
    const named = users.filter(({ withoutId }) => withoutId !== true).map(({ userId }) => userId);
    const fingers = await readSlots(terminal, named, booked);
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
