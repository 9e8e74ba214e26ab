import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { ErrorCode } from "@tandem/contracts/errors.ts";

import type { Enrolment, HeldFinger, Inventory } from "./inventory.ts";

export type CopyAction = "add" | "update" | "same" | "conflict" | "incompatible" | "full" | "refused";

/** What applying a plan does for one person at one terminal, or why nothing is done. */
export interface CopyItem {
  readonly personId: PersonId;
  readonly userId: UserId;
  readonly terminal: TerminalName;
  readonly action: CopyAction;
  /** Code of the reason; null where something is to be done, or nothing needs to be. */
  readonly reason: ErrorCode | null;
  /** Finger slots to write; empty unless `add` or `update`. */
  readonly fingers: readonly number[];
}

export interface CopyPerson {
  readonly personId: PersonId;
  readonly userId: UserId;
  /** Whether a consent for fingerprints is on record. */
  readonly mayCopyFingers: boolean;
}

export interface CopyWish {
  readonly people: readonly CopyPerson[];
  /** Whether card numbers travel with the user. */
  readonly withCards: boolean;
}

/**
 * The differences between a source and a target, person by person, in the order of `people`. Nothing is ever planned that
 * would overwrite somebody's other finger or give one card to two users. Room is handed out in the same order, so what
 * does not fit is told before anything is written.
 */
export function planCopy(source: Inventory, target: Inventory, wish: CopyWish): readonly CopyItem[] {
  const room = { users: target.room.users ?? Infinity, fingers: target.room.fingers ?? Infinity };
  const from = byUserId(source);
  const held = byUserId(target);
  const cards = cardHolders(target);
  return wish.people.map((person) => {
    const { personId, userId } = person;
    const wanted = from.get(userId);
    const decided = wanted === undefined ? refused("copy.not-enrolled") : decide(wanted, person);
    return { personId, userId, terminal: target.terminal, ...decided };
  });

  function decide(wanted: Enrolment, { mayCopyFingers }: CopyPerson): Decision {
    if (source.idSpace !== target.idSpace) return refused("copy.other-id-space");
    if (wanted.fingers.length > 0) {
      if (!mayCopyFingers) return refused("consent.missing");
      if (!isSameAlgorithm(source, target))
        return { ...nothing, action: "incompatible", reason: "copy.other-algorithm" };
    }
    const current = held.get(wanted.userId) ?? null;
    const idProblem = current === null ? target.refuseUserId(wanted.userId) : null;
    if (idProblem !== null) return { ...nothing, action: "incompatible", reason: idProblem };
    return difference(wanted, current);
  }

  function difference(wanted: Enrolment, current: Enrolment | null): Decision {
    const missing = missingFingers(wanted, current);
    if (missing === null) return { ...nothing, action: "conflict", reason: "copy.finger-differs" };
    const newCard = wish.withCards && wanted.card !== null && wanted.card !== current?.card ? wanted.card : null;
    if (newCard !== null) {
      const holder = cards.get(newCard);
      if (holder !== undefined && holder !== wanted.userId)
        return { ...nothing, action: "conflict", reason: "terminal.card-taken" };
    }
    if (current !== null && missing.length === 0 && newCard === null) return { ...nothing, action: "same" };
    if (current === null && room.users < 1) return { ...nothing, action: "full", reason: "copy.users-full" };
    if (missing.length > room.fingers) return { ...nothing, action: "full", reason: "copy.fingers-full" };
    if (current === null) room.users -= 1;
    room.fingers -= missing.length;
    if (newCard !== null) cards.set(newCard, wanted.userId);
    return { action: current === null ? "add" : "update", reason: null, fingers: missing };
  }
}

type Decision = Pick<CopyItem, "action" | "reason" | "fingers">;

const nothing = { reason: null, fingers: [] } as const;

function refused(reason: ErrorCode): Decision {
  return { ...nothing, action: "refused", reason };
}

/** Slots to write; null where a slot holds another template, which may be somebody's other finger. */
function missingFingers(wanted: Enrolment, current: Enrolment | null): readonly number[] | null {
  const held = new Map((current?.fingers ?? []).map((finger) => [finger.finger, finger]));
  const isTaken = (finger: HeldFinger): boolean => {
    const there = held.get(finger.finger);
    return there !== undefined && there.digest !== finger.digest;
  };
  if (wanted.fingers.some(isTaken)) return null;
  return wanted.fingers.filter(({ finger, flag }) => held.get(finger)?.flag !== flag).map(({ finger }) => finger);
}

/** Templates of different algorithm versions cannot be converted (`zk-pull.md` §3.4); an unknown one equals nothing. */
function isSameAlgorithm(a: Inventory, b: Inventory): boolean {
  return a.fingerprintVersion !== null && a.fingerprintVersion === b.fingerprintVersion;
}

function byUserId({ enrolments }: Inventory): ReadonlyMap<UserId, Enrolment> {
  return new Map(enrolments.map((enrolment) => [enrolment.userId, enrolment]));
}

function cardHolders({ enrolments }: Inventory): Map<string, UserId> {
  return new Map(enrolments.flatMap(({ card, userId }) => (card === null ? [] : [[card, userId] as const])));
}
