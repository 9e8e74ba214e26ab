/** What a column of a record may hold. Dates and times are naive text in the site's zone. */
export type Value = string | number | null;

/** A child table inside a record. */
export type ChildRows = readonly Readonly<Record<string, Value>>[];

/** A record: its columns plus child tables. `name` is its id. */
export interface Doc {
  name: string;
  [field: string]: Value | ChildRows;
}

/** Values for a new record, as a test or a request gives them. */
export type DocValues = Readonly<Record<string, Value | ChildRows | undefined>>;

export function textOf(value: Value | ChildRows | undefined): string {
  return value === null || value === undefined || typeof value === "object" ? "" : String(value);
}

export function numberOf(value: Value | ChildRows | undefined): number {
  const number = Number(textOf(value));
  return Number.isFinite(number) ? number : 0;
}

export function isScalar(value: Value | ChildRows | undefined): value is Value {
  return value === null || typeof value === "string" || typeof value === "number";
}

export function isBlank(value: Value | ChildRows | undefined): boolean {
  return value === null || value === undefined || value === "";
}
