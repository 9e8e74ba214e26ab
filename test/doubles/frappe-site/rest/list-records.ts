import { fold } from "../data/collation.ts";
import { textOf } from "../data/value.ts";
import type { Doc, Value } from "../data/value.ts";
import { isColumn } from "../doctypes/meta.ts";
import type { DocType } from "../doctypes/meta.ts";
import type { DocumentCall } from "../documents/call.ts";
import { hasRight, mayReadDocument, noDoctypeAccess } from "../documents/permissions.ts";

import { columnValue, compareValues, compile, listOf, readConditions, typeOf } from "./filter-rows.ts";
import type { Condition } from "./filter-rows.ts";
import { databaseError, refuse } from "./frappe-error.ts";
import { readFields } from "./select-fields.ts";
import type { Selected } from "./select-fields.ts";
import { jsonArgument, textArgument } from "./site-request.ts";
import type { Arguments } from "./site-request.ts";
import { sentence } from "./texts.ts";

const PAGE_LENGTH = 20;

type Line = Record<string, Value> | Value[];

/** A list as `GET /api/resource/<DocType>` and `frappe.client.get_list` answer it (`frappe-hr.md` §9.2). */
export function listRecords(doctype: DocType, args: Arguments, call: DocumentCall): Line[] {
  requireListRight(doctype, args, call);
  const selected = readFields(doctype, jsonArgument(args, "fields"), call);
  const found = matching(doctype, args, call);
  const group = textArgument(args, "group_by");
  const lines =
    group !== undefined || selected.some((one) => one.kind === "aggregate")
      ? groupLines(found, group, selected)
      : page(sorted(doctype, found, args, call), args).map((doc) => lineOf([doc], selected));
  return textArgument(args, "as_dict") === "0" || textArgument(args, "as_dict") === "false"
    ? lines.map((line) => Object.values(line))
    : lines;
}

export function countRecords(doctype: DocType, args: Arguments, call: DocumentCall): number {
  requireListRight(doctype, args, call);
  return matching(doctype, args, call).length;
}

function requireListRight(doctype: DocType, args: Arguments, call: DocumentCall): void {
  // A child table is read with the right on its parent.
  const parent = call.site.doctypes.find(textArgument(args, "parent") ?? "");
  if (!hasRight(parent ?? doctype, call.caller, "read"))
    throw noDoctypeAccess(doctype.name, call.caller, { profile: call.site.profile });
}

function matching(doctype: DocType, args: Arguments, call: DocumentCall): Doc[] {
  const { language } = call.caller;
  const all = readConditions(doctype, jsonArgument(args, "filters"), language);
  const any = readConditions(doctype, jsonArgument(args, "or_filters"), language).map((one) => compile(doctype, one));
  const tests = all.map((one) => compile(doctype, one));
  const found: Doc[] = [];
  for (const doc of candidates(doctype, all, call)) {
    if (!tests.every((test) => test(doc))) continue;
    if (any.length > 0 && !any.some((test) => test(doc))) continue;
    if (doctype.name !== "Has Role" && !mayReadDocument(doctype, doc, call)) continue;
    found.push(doc);
  }
  return found;
}

/** Rows worth testing: those of an index where a condition allows it. */
function* candidates(doctype: DocType, conditions: readonly Condition[], call: DocumentCall): Generator<Doc> {
  const table = call.site.data.table(doctype.name);
  for (const { column, operator, value } of conditions) {
    if (operator !== "=" && operator !== "in") continue;
    const values = (operator === "in" ? listOf(value) : [value]).map((one) => textOf(one as Value));
    if (values.includes("")) continue;
    if (column === "name") {
      for (const key of new Set(values.map(fold))) {
        const row = table.find(key, call.transaction.id);
        if (row !== undefined) yield row.doc;
      }
      return;
    }
    if (table.isIndexed(column)) {
      for (const row of table.lookUp(column, values, call.transaction.id)) yield row.doc;
      return;
    }
  }
  for (const row of table.rows(call.transaction.id)) yield row.doc;
}

/** v14 and v15 leave the order to the primary key when none is asked for; v16 has the newest first. */
function sorted(doctype: DocType, docs: Doc[], args: Arguments, call: DocumentCall): Doc[] {
  const given = (textArgument(args, "order_by") ?? "")
    .replaceAll(`\`tab${doctype.name}\`.`, "")
    .replaceAll("`", "")
    .trim();
  const order = given === "" ? (call.site.profile === 16 ? "creation desc" : "name asc") : given;
  if (order.includes(";")) throw refuse("Illegal SQL Query");
  const keys = order.split(",").map((part) => {
    const [column = "", direction = "asc"] = part.trim().split(/\s+/);
    if (!isColumn(doctype, column)) throw unknownOrder(column, call);
    return { column, type: typeOf(doctype, column), sign: direction.toLowerCase() === "desc" ? -1 : 1 };
  });
  return docs.toSorted((left, right) => {
    for (const { column, type, sign } of keys) {
      const order = compareValues(type, columnValue(left, column), columnValue(right, column));
      if (order !== 0) return order * sign;
    }
    return compareValues("Data", left.name, right.name);
  });
}

function unknownOrder(column: string, call: DocumentCall): Error {
  if (call.site.profile === 16)
    return refuse(`${sentence(call.caller.language, "fieldNotPermitted")}: ${column}`, { type: "DataError" });
  return databaseError(`(1054, "Unknown column '${column}' in 'ORDER BY'")`);
}

/** `limit` is an alias of `limit_page_length`; 0 and what is no number mean everything. */
function page(docs: Doc[], args: Arguments): Doc[] {
  const given = textArgument(args, "limit_page_length") ?? textArgument(args, "limit");
  const length = given === undefined ? PAGE_LENGTH : Math.trunc(Number(given));
  const start = Math.max(0, Math.trunc(Number(textArgument(args, "limit_start") ?? "0")) || 0);
  if (length < 0) throw databaseError('(1064, "You have an error in your SQL syntax")', "ProgrammingError");
  return Number.isNaN(length) || length === 0 ? docs.slice(start) : docs.slice(start, start + length);
}

function groupLines(docs: readonly Doc[], column: string | undefined, selected: readonly Selected[]): Line[] {
  const groups = new Map<string, Doc[]>();
  if (column === undefined) groups.set("", [...docs]);
  else {
    for (const doc of docs) {
      const key = fold(textOf(columnValue(doc, column)));
      groups.set(key, [...(groups.get(key) ?? []), doc]);
    }
  }
  return [...groups.values()].map((group) => lineOf(group, selected));
}

function lineOf(docs: readonly Doc[], selected: readonly Selected[]): Record<string, Value> {
  const line: Record<string, Value> = {};
  const [first] = docs;
  for (const one of selected) {
    if (one.kind === "aggregate") line[one.as] = one.read(docs);
    else line[one.as] = first === undefined ? null : one.read(first);
  }
  return line;
}
