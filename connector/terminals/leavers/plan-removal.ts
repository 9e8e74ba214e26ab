import type { IdLink } from "@tandem/contracts/domain/id-link.ts";
import type { PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";
import type { PlanItem } from "@tandem/contracts/domain/plan.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

const DAY_MS = 86_400_000;

/** What decides who may be removed. */
export interface RemovalFacts {
  readonly people: ReadonlyMap<PersonId, Person>;
  /** Links of the terminal's ID space, whenever they hold. */
  readonly links: readonly IdLink[];
  readonly today: LocalDate;
  /** The last day on which an ID punched. */
  readonly lastPunch: ReadonlyMap<UserId, LocalDate>;
  /** Days after the last working day. */
  readonly afterDays: number;
}

/**
 * Who of a terminal's users is removed. Only people who left, by the HR app's word, and only after the delay; whoever
 * works here is refused, also where the ID was somebody else's before. An ID that nobody is linked to is left alone.
 * `named`: these people and nobody else; null: everybody who left.
 */
export function planRemoval(
  terminal: TerminalName,
  userIds: readonly UserId[],
  facts: RemovalFacts,
  named: ReadonlySet<PersonId> | null,
): readonly PlanItem[] {
  return userIds.flatMap((userId) => {
    const holders = holdersOf(userId, facts);
    const [person] = holders;
    if (person === undefined) return [];
    const isMeant = named === null ? holders.every(hasLeft) : holders.some(({ personId }) => named.has(personId));
    if (!isMeant) return [];
    const ids = { personId: person.personId, userId, newUserId: null, terminal };
    return [{ ...ids, ...decide(userId, holders, facts) }];
  });
}

type Decision = Pick<PlanItem, "action" | "reason" | "details" | "fingers">;

const nothing = { reason: null, details: {}, fingers: [] };

function decide(userId: UserId, holders: readonly Person[], { today, afterDays, lastPunch }: RemovalFacts): Decision {
  if (!holders.every(hasLeft)) return { ...nothing, action: "refused", reason: "plan.person-active" };
  const days = holders.map(({ left }) => left);
  if (days.includes(null)) return { ...nothing, action: "refused", reason: "plan.no-leaving-date" };
  const last = days
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  const day = lastPunch.get(userId);
  // A terminal gives an ID to somebody new before anybody links it.
  if (last !== undefined && day !== undefined && day > last)
    return { ...nothing, action: "refused", reason: "plan.still-punching", details: { day } };
  const from = last === undefined ? null : addDays(last, afterDays);
  if (from === null || from > today)
    return { ...nothing, action: "refused", reason: "plan.too-early", details: { from } };
  return { ...nothing, action: "remove" };
}

/** Whoever the ID means today or will mean, otherwise whom it meant last. */
function holdersOf(userId: UserId, { links, people, today }: RemovalFacts): readonly Person[] {
  const own = links.filter((link) => link.userId === userId);
  const current = own.filter(({ validTo }) => validTo === null || validTo >= today);
  const past = own.filter(({ validTo }) => validTo !== null && validTo < today);
  const lastDay = past
    .map(({ validTo }) => validTo ?? "")
    .sort()
    .at(-1);
  const meant = current.length > 0 ? current : past.filter(({ validTo }) => validTo === lastDay);
  const ids = [...new Set(meant.map(({ personId }) => personId))];
  const holders = ids.flatMap((personId) => people.get(personId) ?? []);
  // Of whom nothing is known, nobody says that they left.
  return holders.length === ids.length ? holders : [];
}

function addDays(day: LocalDate, days: number): LocalDate {
  return LocalDate.parse(new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10));
}

function hasLeft({ status }: Person): boolean {
  return status === "left";
}
