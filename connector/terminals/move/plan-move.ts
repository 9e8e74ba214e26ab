import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";
import type { ErrorCode } from "@tandem/contracts/errors.ts";

import { sameUserId, type UserIdRefusal } from "../user-id-rules.ts";

/** Somebody and the IDs that are linked to them in the terminal's ID space today. */
export interface MovingPerson {
  readonly personId: PersonId;
  readonly oldIds: readonly UserId[];
  readonly newIds: readonly UserId[];
  readonly mayUseFingers: boolean;
}

/** What of the terminal a move depends on. */
export interface MoveInventory {
  readonly terminal: TerminalName;
  readonly userIds: readonly UserId[];
  /** Finger slots by user; of those who agreed. */
  readonly fingers: ReadonlyMap<UserId, readonly number[]>;
  /** How many more fit; null where the terminal does not say. Both IDs are there for a moment. */
  readonly room: { readonly users: number | null; readonly fingers: number | null };
  readonly refuseUserId: (userId: UserId) => UserIdRefusal | null;
}

/** Who moves from which old ID to which new one, and why the others do not. */
export function planMove(inventory: MoveInventory, people: readonly MovingPerson[]): readonly PlanItem[] {
  const { terminal, userIds, fingers, room, refuseUserId } = inventory;
  const isHere = (userId: UserId): boolean => userIds.some((held) => sameUserId(held, userId));
  return people.map((person) => {
    const here = person.oldIds.filter((userId) => userIds.includes(userId));
    const [from = null] = here;
    const [to = null] = person.newIds;
    const ids = { personId: person.personId, userId: from, newUserId: to, terminal };
    return { ...ids, ...nothing, ...decide(person, from, to, here.length) };
  });

  function decide(person: MovingPerson, from: UserId | null, to: UserId | null, held: number): Decision {
    if (to === null) return refused("plan.no-new-id");
    if (from === null) return person.newIds.some(isHere) ? { action: "same" } : refused("plan.no-old-id");
    if (held > 1 || person.newIds.length > 1) return refused("plan.several-ids");
    if (isHere(to)) return { action: "conflict", reason: "plan.id-taken", details: { userId: to } };
    if (!person.mayUseFingers) return refused("consent.missing", { personId: person.personId, kind: "finger" });
    const refusal = refuseUserId(to);
    if (refusal !== null) return { action: "incompatible", reason: refusal.code, details: { ...refusal.details } };
    const slots = fingers.get(from) ?? [];
    if (room.users !== null && room.users < 1) return { action: "full", reason: "copy.users-full" };
    if (room.fingers !== null && room.fingers < slots.length) return { action: "full", reason: "copy.fingers-full" };
    return { action: "move", fingers: [...slots] };
  }
}

type Decision = Pick<PlanItem, "action"> &
  Partial<Pick<PlanItem, "details" | "fingers">> & { readonly reason?: ErrorCode };

const nothing = { reason: null, details: {}, fingers: [] };

function refused(reason: ErrorCode, details: PlanItem["details"] = {}): Decision {
  return { action: "refused", reason, details };
}
