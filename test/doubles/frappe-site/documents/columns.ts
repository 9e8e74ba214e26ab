import { isBlank, isScalar, numberOf, textOf } from "../data/value.ts";
import type { Doc, Value } from "../data/value.ts";
import type { DocType, Field } from "../doctypes/meta.ts";
import { parseTime, timeOfDay } from "../time/naive-time.ts";

import { incorrectDateTime } from "./field-checks.ts";

/** The record as the database would hold it: typed columns, naive times, blanks of unique and date columns as NULL. */
export function toColumns(doctype: DocType, doc: Doc): Doc {
  const stored: Doc = { ...doc };
  for (const one of doctype.fields) stored[one.name] = toColumn(doctype, one, doc[one.name]);
  return stored;
}

function toColumn(doctype: DocType, one: Field, value: Doc[string] | undefined): Value {
  switch (one.type) {
    case "Check":
    case "Int":
      return Math.trunc(numberOf(value));
    case "Float":
      return numberOf(value);
    case "Select":
      return textOf(value);
    case "Date":
      return isBlank(value) ? null : toTime(doctype, one, textOf(value)).slice(0, 10);
    case "Datetime":
      return isBlank(value) ? null : toTime(doctype, one, textOf(value));
    case "Time":
      return isBlank(value) ? null : timeOfDay(textOf(value));
    default:
      if (!isScalar(value) || value === null) return null;
      return one.unique === true && value === "" ? null : String(value);
  }
}

function toTime(doctype: DocType, one: Field, value: string): string {
  const parsed = parseTime(value);
  if (parsed.kind !== "time") throw incorrectDateTime(doctype.name, one.name, value);
  if (parsed.offset !== null) throw incorrectDateTime(doctype.name, one.name, value);
  return parsed.text;
}

/** What a new record holds before the caller's values: defaults, and the first (empty) choice of an optional Select. */
export function defaultsOf(doctype: DocType, now: () => string): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const one of doctype.fields) {
    if (one.default !== undefined) values[one.name] = one.default === "Now" ? now() : one.default;
    else if (one.type === "Check" || one.type === "Int" || one.type === "Float") values[one.name] = 0;
    else if (one.type === "Select") values[one.name] = (one.options ?? "").split("\n")[0] ?? "";
    else values[one.name] = null;
  }
  return values;
}
