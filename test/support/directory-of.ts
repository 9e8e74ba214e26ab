import { PersonId } from "@tandem/contracts/domain/ids.ts";
import type { Person } from "@tandem/contracts/domain/person.ts";

import type { HrDirectory } from "../../connector/hr/directory.ts";

/** A person with sensible facts for everything a test does not care about. */
export function person(personId: string, facts: Partial<Person> = {}): Person {
  return {
    personId: PersonId.parse(personId),
    name: `Person ${personId}`,
    department: null,
    branch: null,
    status: "active",
    joined: null,
    left: null,
    employeeNumber: null,
    deviceId: null,
    ...facts,
  };
}

/** An HR app of which only the people are asked. */
export function directoryOf(people: readonly Person[]): HrDirectory {
  const notAsked = (): never => {
    throw new Error("only the people of this directory may be asked");
  };
  return {
    people: () => Promise.resolve(people),
    clockOffset: notAsked,
    check: notAsked,
    find: notAsked,
    deliver: notAsked,
  };
}
