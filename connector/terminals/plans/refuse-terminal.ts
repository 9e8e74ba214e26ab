import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

interface Named {
  readonly personId: PersonId | null;
  readonly userId: UserId | null;
}

/**
 * The preview of a terminal that could not be read: the reason, for each person. A fault of this program is none, and is
 * thrown again.
 */
export function refuseTerminal(terminal: TerminalName, people: readonly Named[], error: unknown): readonly PlanItem[] {
  if (!(error instanceof TandemError)) throw error;
  const { code, details } = error;
  return people.map(({ personId, userId }) => ({
    personId,
    userId,
    newUserId: null,
    terminal,
    action: "refused",
    reason: code,
    details: { ...details },
    fingers: [],
  }));
}
