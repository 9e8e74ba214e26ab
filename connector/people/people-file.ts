import { PersonId } from "@tandem/contracts/domain/ids.ts";
import { type Person, PersonStatus } from "@tandem/contracts/domain/person.ts";
import { TandemError } from "@tandem/contracts/errors.ts";

import { type CsvRow, readCsvTable, wrongCell } from "./csv-table.ts";
import { readCell, readOptionalDate, readOptionalText, readText } from "./read-cell.ts";

const COLUMNS = ["person_id", "name", "department", "branch", "status", "joined", "left"] as const;

/** What the people file says of a person; the rest is known from the HR app only. */
export type FilePerson = Omit<Person, "employeeNumber" | "deviceId">;

/** People of a people file (design §5.2). Throws `import.*`, naming line and column. */
export function readPeopleFile(text: string): readonly FilePerson[] {
  const firstLines = new Map<string, number>();
  return readCsvTable(text, COLUMNS).map((row) => {
    const person = toPerson(row);
    const first = firstLines.get(person.personId);
    if (first !== undefined) throw new TandemError("import.duplicate-row", { line: row.line, first });
    firstLines.set(person.personId, row.line);
    return person;
  });
}

function toPerson(row: CsvRow<(typeof COLUMNS)[number]>): FilePerson {
  const person = {
    personId: readCell(row, "person_id", PersonId, "1–140 Aa"),
    name: readText(row, "name", 300),
    department: readOptionalText(row, "department", 140),
    branch: readOptionalText(row, "branch", 140),
    status: readCell(row, "status", PersonStatus, PersonStatus.options.join(" | ")),
    joined: readOptionalDate(row, "joined"),
    left: readOptionalDate(row, "left"),
  };
  if (person.joined !== null && person.left !== null && person.left < person.joined) {
    throw wrongCell(row.line, "left", person.left, `≥ ${person.joined}`);
  }
  return person;
}
