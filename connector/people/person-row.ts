import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { Person, PersonStatus } from "@tandem/contracts/domain/person.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import type { Row } from "../store/schema.ts";

/** A person as the store keeps it. */
export function toPerson(row: Row<"people">): Person {
  return {
    personId: PersonId.parse(row.person_id),
    name: row.name,
    department: row.department,
    branch: row.branch,
    status: PersonStatus.parse(row.status),
    joined: LocalDate.nullable().parse(row.joined),
    left: LocalDate.nullable().parse(row.left_on),
    employeeNumber: row.employee_number,
    deviceId: row.device_id,
  };
}

/** The columns that describe a person; whose word they are (`hr_site`, `synced_at`) is the caller's. */
export function personColumns(person: Person): Omit<Row<"people">, "hr_site" | "synced_at"> {
  return {
    person_id: person.personId,
    name: person.name,
    department: person.department,
    branch: person.branch,
    status: person.status,
    joined: person.joined,
    left_on: person.left,
    employee_number: person.employeeNumber,
    device_id: person.deviceId,
  };
}

/** Whether a stored row already says what `columns` say. */
export function says(row: Row<"people">, columns: Partial<Row<"people">>): boolean {
  return Object.entries(columns).every(([column, value]) => row[column as keyof Row<"people">] === value);
}
