import type { PersonId, UserId } from "@tandem/contracts/domain/ids.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";
import type { ErrorCode } from "@tandem/contracts/errors.ts";

import { IdsHere } from "./ids-here.ts";
import type { Enrolment, HeldFinger, SourceInventory, TargetInventory } from "./inventory.ts";

export interface CopyPerson {
  /** Null where nobody is linked to the user ID. */
  readonly personId: PersonId | null;
  /** Null where the person has no ID in the ID space. */
  readonly userId: UserId | null;
  /** Whether a consent for fingerprints is on record. */
  readonly mayCopyFingers: boolean;
}

/** Who is to be copied, and what travels with the name. */
export interface CopyWish {
  readonly people: readonly CopyPerson[];
  readonly fingers: boolean;
  readonly cards: boolean;
  readonly passwords: boolean;
}

/**
 * The differences between a source and a target, person by person, in the order of `people`. Nothing is ever planned that
 * would overwrite somebody's other finger, bring a finger under a second ID, or give one card to two users. Room is handed out in the same order, so what
 * does not fit is told before anything is written.
 */
export function planCopy(source: SourceInventory, target: TargetInventory, wish: CopyWish): readonly PlanItem[] {
  const room = { users: target.room.users ?? Infinity, fingers: target.room.fingers ?? Infinity };
  const from = group(source.enrolments, ({ userId }) => userId);
  const held = group(target.enrolments, ({ userId }) => target.canonical(userId));
  /** Whose an ID of the target is, or becomes by this plan. */
  const owners = new Map<string, PersonId>();
  const cards = cardHolders(target);
  const ids = new IdsHere(
    target.enrolments.map(({ userId }) => userId),
    target.personOf,
  );
  return wish.people.map((person) => {
    const { personId, userId } = person;
    const [wanted, double] = userId === null ? [] : (from.get(userId) ?? []);
    const missing = userId === null ? "copy.not-linked" : "copy.not-enrolled";
    const decided =
      wanted === undefined ? refused(missing) : double === undefined ? decide(wanted, person) : shared(wanted.userId);
    return { personId, userId, newUserId: null, terminal: target.terminal, ...decided };
  });

  function decide(wanted: Enrolment, { personId, mayCopyFingers }: CopyPerson): Decision {
    if (source.idSpace !== null && source.idSpace !== target.idSpace) return refused("copy.other-id-space");
    if (personId === null) return refused("copy.not-linked");
    if (wish.fingers && !mayCopyFingers) return refused("consent.missing", { personId, kind: "finger" });
    const fingers = wish.fingers ? wanted.fingers : [];
    if (fingers.length > 0 && !isSameAlgorithm(wanted.algorithm, target))
      return { ...nothing, action: "incompatible", reason: "copy.other-algorithm" };
    const [current = null, other] = held.get(target.canonical(wanted.userId)) ?? [];
    if (other !== undefined) return shared(wanted.userId);
    const owner = (current === null ? undefined : target.personOf.get(current.userId)) ?? ownerOf(wanted, personId);
    if (owner !== personId)
      return { ...nothing, action: "conflict", reason: "plan.id-taken", details: { userId: wanted.userId } };
    const refusal = current === null ? target.refuseUserId(wanted.userId) : null;
    if (refusal !== null)
      return { ...nothing, action: "incompatible", reason: refusal.code, details: { ...refusal.details } };
    return difference(wanted, personId, fingers, current);
  }

  /** Numeric firmware takes 007 and 7 for one user: the first of a plan has the ID. */
  function ownerOf({ userId }: Enrolment, personId: PersonId): PersonId {
    const canonical = target.canonical(userId);
    const owner = owners.get(canonical) ?? personId;
    owners.set(canonical, owner);
    return owner;
  }

  function difference(
    wanted: Enrolment,
    personId: PersonId,
    fingers: readonly HeldFinger[],
    current: Enrolment | null,
  ): Decision {
    const missing = missingFingers(fingers, current);
    if (missing === null) return { ...nothing, action: "conflict", reason: "copy.finger-differs" };
    const otherId = missing.length === 0 ? null : ids.otherThan(wanted.userId, personId);
    if (otherId !== null) return { ...nothing, action: "conflict", reason: "copy.other-id-here", details: { otherId } };
    const newCard = wish.cards && wanted.card !== null && wanted.card !== current?.card ? wanted.card : null;
    if (newCard !== null) {
      if (current !== null && current.card !== null)
        return { ...nothing, action: "conflict", reason: "copy.card-differs" };
      const holder = cards.get(newCard);
      if (holder !== undefined && holder !== wanted.userId)
        return { ...nothing, action: "conflict", reason: "terminal.card-taken" };
    }
    const isNewPassword = wish.passwords && wanted.password !== null && wanted.password !== current?.password;
    if (isNewPassword && current !== null && current.password !== null)
      return { ...nothing, action: "conflict", reason: "copy.password-differs" };
    if (current !== null && missing.length === 0 && newCard === null && !isNewPassword)
      return { ...nothing, action: "same" };
    if (current === null && room.users < 1) return { ...nothing, action: "full", reason: "copy.users-full" };
    if (missing.length > room.fingers) return { ...nothing, action: "full", reason: "copy.fingers-full" };
    if (current === null) room.users -= 1;
    room.fingers -= missing.length;
    if (newCard !== null) cards.set(newCard, wanted.userId);
    if (missing.length > 0) ids.add(wanted.userId, personId);
    return { ...nothing, action: current === null ? "add" : "update", fingers: [...missing] };
  }
}

type Decision = Pick<PlanItem, "action" | "details" | "fingers"> & { readonly reason: ErrorCode | null };

const nothing: Omit<Decision, "action"> = { reason: null, details: {}, fingers: [] };

function refused(reason: ErrorCode, details: PlanItem["details"] = {}): Decision {
  return { ...nothing, action: "refused", reason, details };
}

/** Two users under one ID: whose fingers these are, nobody can say. */
function shared(userId: UserId): Decision {
  return { ...nothing, action: "conflict", reason: "terminal.user-id-taken", details: { userId } };
}

/** Slots to write; null where a slot holds another template, which may be somebody's other finger. */
function missingFingers(wanted: readonly HeldFinger[], current: Enrolment | null): readonly number[] | null {
  const held = new Map((current?.fingers ?? []).map((finger) => [finger.finger, finger]));
  const isTaken = (finger: HeldFinger): boolean => {
    const there = held.get(finger.finger);
    return there !== undefined && there.digest !== finger.digest;
  };
  if (wanted.some(isTaken)) return null;
  return wanted.filter((finger) => !isHeld(finger, held.get(finger.finger))).map(({ finger }) => finger);
}

/** A flag that was not told is taken for the same. */
function isHeld({ flag }: HeldFinger, there: HeldFinger | undefined): boolean {
  return there !== undefined && (there.flag === flag || there.flag === null || flag === null);
}

/** Templates of different algorithm versions cannot be converted (`zk-pull.md` §3.4); an unknown one equals nothing. */
function isSameAlgorithm(algorithm: string | null, { fingerprintVersion }: TargetInventory): boolean {
  return algorithm !== null && algorithm === fingerprintVersion;
}

function group(
  enrolments: readonly Enrolment[],
  keyOf: (enrolment: Enrolment) => string,
): ReadonlyMap<string, readonly Enrolment[]> {
  const groups = new Map<string, Enrolment[]>();
  for (const enrolment of enrolments) {
    const key = keyOf(enrolment);
    groups.set(key, [...(groups.get(key) ?? []), enrolment]);
  }
  return groups;
}

function cardHolders({ enrolments }: TargetInventory): Map<string, UserId> {
  return new Map(enrolments.flatMap(({ card, userId }) => (card === null ? [] : [[card, userId] as const])));
}
