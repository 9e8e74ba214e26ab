import { TerminalName, type UserId } from "@tandem/contracts/domain/ids.ts";
import type { CopyRequest } from "@tandem/contracts/domain/plan.ts";

import type { Ids, WhoIsWho } from "../plans/who-is-who.ts";
import type { Terminals } from "../service.ts";
import type { TerminalUser } from "../terminal.ts";

import type { CopyPerson } from "./plan-copy.ts";
import { type Holdings, readHoldings, readNamedUsers, toEnrolments } from "./read-inventory.ts";
import type { LoadSource, Material, SourceView } from "./source.ts";

export interface TerminalSourceParts {
  readonly terminals: Terminals;
  readonly who: WhoIsWho;
}

const NOBODY: ReadonlySet<UserId> = new Set();

/** Reads what is to be copied from a terminal; the fingers of those only who are wanted and agreed. */
export function terminalSource({ terminals, who }: TerminalSourceParts): LoadSource {
  return async (request, actor, signal) => {
    const name = TerminalName.parse(request.from);
    const view = await terminals.visit(
      name,
      signal === undefined ? {} : { signal },
      async (terminal, booked, identity) => {
        const { idSpace, zone } = booked;
        const users = await readNamedUsers(terminal);
        const ids = await who.ids(idSpace, zone);
        const chosen = choose(request, users, ids);
        const userIds = chosen.flatMap(({ userId }) => userId ?? []);
        const consented = request.fingers ? await who.consented(userIds, ids.personOf) : NOBODY;
        const passwords = request.passwords ? new Set(userIds) : NOBODY;
        const holdings = await readHoldings(terminal, users, { fingers: consented, passwords }, (of) =>
          who.readFingers(terminal, of, { terminal: name, actor }),
        );
        const people = chosen.map((person) => ({
          ...person,
          mayCopyFingers: person.userId !== null && consented.has(person.userId),
        }));
        return { idSpace, people, ...toView(holdings, identity.fingerprintVersion, ids) };
      },
    );
    return { for: () => Promise.resolve(view) };
  };
}

type Chosen = Omit<CopyPerson, "mayCopyFingers">;

/** Everybody on the terminal, or these people under each ID that they have there, or would have. */
function choose({ people }: CopyRequest, users: readonly TerminalUser[], { personOf, idsOf }: Ids): readonly Chosen[] {
  const held = new Set(users.map(({ userId }) => userId));
  if (people === "all") return [...held].map((userId) => ({ userId, personId: personOf.get(userId) ?? null }));
  return [...new Set(people)].flatMap((personId): readonly Chosen[] => {
    const ids = idsOf(personId);
    const here = ids.filter((userId) => held.has(userId));
    const named = here.length > 0 ? here : ids.slice(0, 1);
    return named.length === 0 ? [{ userId: null, personId }] : named.map((userId) => ({ userId, personId }));
  });
}

function toView(
  holdings: Holdings,
  algorithm: string | null,
  { personOf }: Ids,
): Pick<SourceView, "enrolments" | "material"> {
  const enrolments = toEnrolments(holdings, algorithm);
  const material = new Map<UserId, Material>(
    enrolments.map(({ userId, name, disabled, card }) => [
      userId,
      {
        ...{ name, disabled, card, algorithm },
        personId: personOf.get(userId) ?? null,
        password: holdings.passwords.get(userId) ?? null,
        fingers: holdings.fingers.get(userId) ?? [],
      },
    ]),
  );
  return { enrolments, material };
}
