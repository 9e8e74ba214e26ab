import { fold } from "../data/collation.ts";
import { isBlank, numberOf, textOf } from "../data/value.ts";
import type { Doc, Value } from "../data/value.ts";
import { fieldOf, isColumn } from "../doctypes/meta.ts";
import type { DocType, FieldType } from "../doctypes/meta.ts";
import { crash, databaseError, refuse } from "../rest/frappe-error.ts";
import type { Language } from "../site-options.ts";
import { parseTime } from "../time/naive-time.ts";

import { sentence } from "./texts.ts";

export interface Condition {
  readonly column: string;
  readonly operator: string;
  readonly value: unknown;
}

const OPERATORS = [
  "ancestors of",
  "!=",
  "in",
  "not descendants of",
  "like",
  "not like",
  "not ancestors of",
  "not in",
  "=",
  "next",
  "previous",
  "between",
  "timespan",
  ">",
  "<",
  "fiscal year",
  ">=",
  "descendants of",
  "descendants of (inclusive)",
  "is",
  "<=",
];

/** Reads `filters` in any of its forms: rows of two, three or four parts, or an object. */
export function readConditions(doctype: DocType, filters: unknown, language: Language): Condition[] {
  if (filters === undefined || filters === null || filters === "") return [];
  const rows = Array.isArray(filters) ? filters.map((row) => rowParts(row)) : objectRows(filters);
  return rows.map(([column, operator, value]) =>
    checked(doctype, { column, operator: operator.toLowerCase(), value }, language),
  );
}

type Parts = readonly [column: string, operator: string, value: unknown];

function rowParts(row: unknown): Parts {
  if (!Array.isArray(row)) throw crash("ValueError", "Invalid filter");
  const parts = row as unknown[];
  if (parts.length === 2) return [String(parts[0]), "=", parts[1]];
  const [column, operator, value] = parts.length >= 4 ? parts.slice(1) : parts;
  return [String(column), String(operator), value];
}

function objectRows(filters: unknown): Parts[] {
  if (typeof filters !== "object" || filters === null) throw crash("ValueError", "Invalid filter");
  return Object.entries(filters).map(([column, value]) =>
    Array.isArray(value) ? [column, String(value[0]), value[1] as unknown] : [column, "=", value],
  );
}

function checked(doctype: DocType, condition: Condition, language: Language): Condition {
  const { column, operator } = condition;
  // A column of a linked record works in `fields` but not here (`frappe-hr.md` §8).
  if (column.includes(".")) throw databaseError(`(1054, "Unknown column 'tab${doctype.name}.${column}' in 'WHERE'")`);
  if (!isColumn(doctype, column))
    throw refuse(`${sentence(language, "fieldNotPermitted")}: ${column}`, { type: "DataError" });
  if (!OPERATORS.includes(operator)) throw refuse(sentence(language, "operatorChoice", OPERATORS.join(", ")));
  return condition;
}

/** The test of one condition over a record, as the database compares it. */
export function compile(doctype: DocType, condition: Condition): (doc: Doc) => boolean {
  const { column, operator, value } = condition;
  const type = typeOf(doctype, column);
  const read = (doc: Doc): Value => columnValue(doc, column);
  switch (operator) {
    case "in":
    case "not in": {
      const wanted = new Set(listOf(value).map((one) => keyOf(type, one)));
      // NULL counts as blank for text columns in both.
      const has = (doc: Doc): boolean =>
        isBlank(read(doc)) ? !isTemporal(type) && wanted.has("") : wanted.has(keyOf(type, read(doc)));
      return operator === "in" ? has : (doc) => !has(doc);
    }
    case "like":
    case "not like": {
      if (isTemporal(type)) requireTime(value);
      const pattern = likePattern(plainText(value));
      const matches = (doc: Doc): boolean => !isBlank(read(doc)) && pattern.test(fold(textOf(read(doc))));
      return operator === "like" ? matches : (doc) => !matches(doc);
    }
    case "between":
      return compileBetween(type, read, value);
    case "is":
      return plainText(value).toLowerCase() === "set" ? (doc) => !isBlank(read(doc)) : (doc) => isBlank(read(doc));
    case "=":
      return equalTo(type, read, value);
    case "!=": {
      const equal = equalTo(type, read, value);
      return (doc) => !equal(doc);
    }
    default:
      return compileOrder(type, read, operator, value);
  }
}

function equalTo(type: FieldType, read: (doc: Doc) => Value, value: unknown): (doc: Doc) => boolean {
  if (value === null || value === undefined) return (doc) => isBlank(read(doc));
  const wanted = keyOf(type, value);
  return (doc) => (isBlank(read(doc)) ? wanted === "" && !isTemporal(type) : keyOf(type, read(doc)) === wanted);
}

/** `<` and `<=` also match NULL, which stands for the lowest value (measured: `relieving_date < …` finds those without). */
function compileOrder(
  type: FieldType,
  read: (doc: Doc) => Value,
  operator: string,
  value: unknown,
): (doc: Doc) => boolean {
  const below = operator.startsWith("<");
  const inclusive = operator.endsWith("=");
  const wanted = keyOf(type, value);
  return (doc) => {
    if (isBlank(read(doc))) return below;
    const order = compareKeys(type, keyOf(type, read(doc)), wanted);
    return order === 0 ? inclusive : below ? order < 0 : order > 0;
  };
}

function compileBetween(type: FieldType, read: (doc: Doc) => Value, value: unknown): (doc: Doc) => boolean {
  const [from, to] = listOf(value);
  const low = keyOf(type, from ?? "");
  const high = endOfRange(type, to ?? "9999-12-31");
  return (doc) => {
    if (isBlank(read(doc))) return false;
    const key = keyOf(type, read(doc));
    return compareKeys(type, key, low) >= 0 && compareKeys(type, key, high) <= 0;
  };
}

/** A day as the upper end of a range of times means that whole day. */
function endOfRange(type: FieldType, value: unknown): string {
  const parsed = parseTime(plainText(value));
  if (type === "Datetime" && parsed.kind === "time" && parsed.dateOnly)
    return `${parsed.text.slice(0, 10)} 23:59:59.999999`;
  return keyOf(type, value);
}

function requireTime(value: unknown): void {
  if (parseTime(plainText(value)).kind !== "time")
    throw crash("ParserError", `Unknown string format: ${plainText(value)}`, "dateutil.parser._parser.");
}

export function columnValue(doc: Doc, column: string): Value {
  const value = doc[column];
  return value === undefined || (typeof value === "object" && value !== null) ? null : value;
}

export function typeOf(doctype: DocType, column: string): FieldType {
  if (column === "creation" || column === "modified") return "Datetime";
  if (column === "docstatus" || column === "idx") return "Int";
  return fieldOf(doctype, column)?.type ?? "Data";
}

function isTemporal(type: FieldType): boolean {
  return type === "Datetime" || type === "Date" || type === "Time";
}

function isNumeric(type: FieldType): boolean {
  return type === "Int" || type === "Check" || type === "Float";
}

/** A scalar of a filter as text. */
function plainText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A value as it is compared: times normalised, numbers as numbers, text by collation. */
function keyOf(type: FieldType, value: unknown): string {
  const text = typeof value === "boolean" ? String(Number(value)) : plainText(value);
  if (text === "") return "";
  if (type === "Datetime" || type === "Date") {
    const parsed = parseTime(text);
    if (parsed.kind !== "time") return text;
    return type === "Date" ? parsed.text.slice(0, 10) : parsed.text;
  }
  return isNumeric(type) ? String(numberOf(text)) : fold(text);
}

export function compareKeys(type: FieldType, left: string, right: string): number {
  if (isNumeric(type)) return numberOf(left) - numberOf(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function compareValues(type: FieldType, left: Value, right: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return compareKeys(type, keyOf(type, left), keyOf(type, right));
}

export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === "string" ? value.split(",").map((one) => one.trim()) : [value];
}

function likePattern(value: string): RegExp {
  const escaped = fold(value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/%/g, "[\\s\\S]*").replace(/_/g, "[\\s\\S]")}$`, "u");
}
