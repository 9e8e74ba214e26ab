import type { PersonStatus } from "@tandem/contracts/domain/person.ts";
import type { HoldReason } from "@tandem/contracts/domain/punch.ts";
import type { LocalDate, LocalDateTime } from "@tandem/contracts/domain/time.ts";

/** How far a punch may lie ahead of this PC's clock: further, the terminal's clock is wrong (`frappe-hr.md` §2.2). */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** What is known of the person a punch belongs to. */
export interface Employment {
  readonly status: PersonStatus;
  readonly joined: LocalDate | null;
  readonly left: LocalDate | null;
}

export interface DatedPunch {
  /** In the HR site's zone. */
  readonly at: LocalDateTime;
  /** Null for somebody whom the HR site does not have. */
  readonly person: Employment | null;
  /** `FUTURE_TOLERANCE_MS` from now, in the HR site's zone. */
  readonly latest: LocalDateTime;
}

/**
 * Why a punch is not to be sent, or null. The HR app would take most of these without a word (`frappe-hr.md` §2.2).
 * Punches up to and on the last day of somebody who has left are their due and are sent.
 */
export function holdReason({ at, person, latest }: DatedPunch): HoldReason | null {
  if (person === null) return "unknown-person";
  const day = at.slice(0, 10);
  const isAfterLastDay = person.left !== null && day > person.left;
  if (person.status === "inactive") return "person-inactive";
  if (person.status === "suspended") return "person-suspended";
  if (person.status === "left" && (person.left === null || isAfterLastDay)) return "person-left";
  if (isAfterLastDay) return "after-leaving";
  if (person.joined !== null && day < person.joined) return "before-joining";
  return at > latest ? "future" : null;
}
