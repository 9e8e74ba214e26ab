import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { Person, type PersonStatus } from "@tandem/contracts/domain/person.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import type { FrappeClient } from "./client.ts";
import { inGroups, type ListRow, listRecords, textOf } from "./list.ts";

const PAGE = 500;

const FIELDS = [
  "name",
  "employee_name",
  "department",
  "branch",
  "status",
  "date_of_joining",
  "relieving_date",
  "employee_number",
  "attendance_device_id",
];

const STATUSES: Readonly<Record<string, PersonStatus>> = {
  Active: "active",
  Inactive: "inactive",
  Suspended: "suspended",
  Left: "left",
};

/** All employees, whatever their status. Read page after page by id, so that a change in between skips nobody. */
export async function readPeople(client: FrappeClient): Promise<readonly Person[]> {
  const people: Person[] = [];
  for (let last = ""; ;) {
    const page = await listRecords(client, "Employee", {
      fields: FIELDS,
      filters: last === "" ? [] : [["name", ">", last]],
      orderBy: "name asc",
      length: PAGE,
    });
    people.push(...page.map(toPerson));
    last = textOf(page.at(-1) ?? {}, "name");
    if (page.length < PAGE) return people;
  }
}

/**
 * Statuses of those of the employees that exist. Asked before every delivery: v14 and v15 take a punch of an unknown id
 * with HTTP 200 (`frappe-hr.md` §2.3). Ids count letter by letter, though the site's database folds case.
 */
export async function readStatuses(
  client: FrappeClient,
  ids: readonly PersonId[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, PersonStatus>> {
  const statuses = new Map<string, PersonStatus>();
  for (const group of inGroups([...new Set(ids)])) {
    const filters = [["name", "in", group]] as const;
    const query = { fields: ["name", "status"], filters, orderBy: "name asc", length: 0 };
    const rows = await listRecords(client, "Employee", query, signal);
    for (const row of rows) statuses.set(textOf(row, "name"), statusOf(row));
  }
  return statuses;
}

/** Some active employee, or any where nobody is active; null where the user sees none. */
export async function readOneEmployee(client: FrappeClient): Promise<PersonId | null> {
  for (const filters of [[["status", "=", "Active"]], [["status", "=", "Left"]]] as const) {
    const [row] = await listRecords(client, "Employee", { fields: ["name"], filters, orderBy: "name asc", length: 1 });
    if (row !== undefined) return PersonId.parse(row["name"]);
  }
  return null;
}

function toPerson(row: ListRow): Person {
  const personId = PersonId.parse(row["name"]);
  return {
    personId,
    name: (optional(row, "employee_name") ?? personId).normalize("NFC"),
    department: optional(row, "department"),
    branch: optional(row, "branch"),
    status: statusOf(row),
    joined: dateOf(row, "date_of_joining"),
    left: dateOf(row, "relieving_date"),
    employeeNumber: optional(row, "employee_number"),
    // The site keeps blanks around badge numbers (`frappe-hr.md` §1.3).
    deviceId: optional(row, "attendance_device_id"),
  };
}

/** A status that only a changed doctype can have counts as inactive: nothing is delivered for it by mistake. */
function statusOf(row: ListRow): PersonStatus {
  return STATUSES[textOf(row, "status")] ?? "inactive";
}

function optional(row: ListRow, column: string): string | null {
  const text = textOf(row, column).trim();
  return text === "" ? null : text;
}

function dateOf(row: ListRow, column: string): LocalDate | null {
  const result = LocalDate.safeParse(textOf(row, column).slice(0, 10));
  return result.success ? result.data : null;
}
