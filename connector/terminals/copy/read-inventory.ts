import { createHash } from "node:crypto";

import type { PersonId, UserId } from "@tandem/contracts/domain/ids.ts";

import type { FingerTemplate } from "../enrolments.ts";
import type { BookedTerminal } from "../terminal-book.ts";
import type { Terminal, TerminalIdentity, TerminalUser } from "../terminal.ts";
import { canonicalUserId, checkUserId } from "../user-id-rules.ts";

import type { Enrolment, TargetInventory } from "./inventory.ts";

/** What of a terminal's users is read besides their rows. */
export interface Wanted {
  /** Whose fingers: those who are to be copied and agreed. */
  readonly fingers: ReadonlySet<UserId>;
  readonly passwords: ReadonlySet<UserId>;
}

/** What a terminal holds, with the bytes that the digests stand for. */
export interface Holdings {
  readonly users: readonly TerminalUser[];
  readonly fingers: ReadonlyMap<UserId, readonly FingerTemplate[]>;
  readonly passwords: ReadonlyMap<UserId, Uint8Array>;
}

const DISABLED_BIT = 1;

/** Users that have an ID: the others are nobody who could be named. */
export async function readNamedUsers(terminal: Terminal): Promise<readonly TerminalUser[]> {
  return (await terminal.users()).filter(({ withoutId }) => withoutId !== true);
}

/** Reads fingers, with whatever has to be written down about that. */
export type ReadFingers = (of: ReadonlySet<UserId>) => Promise<ReadonlyMap<UserId, readonly FingerTemplate[]>>;

/** Fingers and passwords of whom they are wanted. Errors: `terminal.*`. */
export async function readHoldings(
  { enrolments }: Terminal,
  users: readonly TerminalUser[],
  { fingers, passwords }: Wanted,
  readFingers: ReadFingers,
): Promise<Holdings> {
  return {
    users,
    fingers: await readFingers(fingers),
    passwords: passwords.size === 0 ? new Map<UserId, never>() : await enrolments.passwords(passwords),
  };
}

export function toEnrolments({ users, fingers, passwords }: Holdings, algorithm: string | null): readonly Enrolment[] {
  return users.map(({ userId, name, card, privilege }) => {
    const password = passwords.get(userId);
    return {
      userId,
      name,
      card,
      password: password === undefined ? null : digest(password),
      disabled: (privilege & DISABLED_BIT) === DISABLED_BIT,
      algorithm,
      fingers: (fingers.get(userId) ?? []).map(({ finger, flag, template }) => ({
        finger,
        flag,
        digest: digest(template),
      })),
    };
  });
}

/** Everything that a plan needs to know of a terminal to copy to. Errors: `terminal.*`. */
export async function readTarget(
  terminal: Terminal,
  { name, idSpace }: BookedTerminal,
  { fingerprintVersion }: TerminalIdentity,
  holdings: Holdings,
  personOf: ReadonlyMap<UserId, PersonId>,
): Promise<TargetInventory> {
  const { users, userCapacity, fingers, fingerCapacity } = await terminal.capacity();
  const rules = await terminal.enrolments.userIdRules();
  const taken = holdings.users.map(({ userId }) => userId);
  return {
    terminal: name,
    idSpace,
    fingerprintVersion,
    enrolments: toEnrolments(holdings, fingerprintVersion),
    personOf,
    room: { users: roomOf(users, userCapacity), fingers: roomOf(fingers, fingerCapacity) },
    canonical: (userId) => (rules.letters ? userId : canonicalUserId(userId)),
    refuseUserId: (userId) => checkUserId(userId, rules, taken),
  };
}

/** Of templates and passwords only equality matters; what stays in a plan's memory is not them. */
export function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64");
}

/** A capacity of zero is one that the terminal does not tell. */
export function roomOf(used: number | null, capacity: number | null): number | null {
  return used === null || capacity === null || capacity === 0 ? null : Math.max(0, capacity - used);
}
