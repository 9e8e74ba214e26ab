import { textOf } from "../data/value.ts";
import type { Doc, Value } from "../data/value.ts";
import { columnsOf, fieldOf, isColumn } from "../doctypes/meta.ts";
import type { DocType } from "../doctypes/meta.ts";
import type { DocumentCall } from "../documents/call.ts";
import { hasRight, isHidden, noDoctypeAccess } from "../documents/permissions.ts";

import { columnValue } from "./filter-rows.ts";
import { crash, refuse } from "./frappe-error.ts";
import { sentence } from "./texts.ts";

/** One thing a list selects. `column` reads a record; `aggregate` reads a group of them. */
export type Selected =
  | { readonly kind: "column"; readonly as: string; readonly read: (doc: Doc) => Value }
  | { readonly kind: "aggregate"; readonly as: string; readonly read: (docs: readonly Doc[]) => Value };

const WITH_ALIAS = /^(.+?)\s+as\s+[`'"]?(\w+)[`'"]?$/i;
const FUNCTION = /^(count|sum|max|min|avg)\(\s*(?:distinct\s+)?(.*?)\s*\)$/i;

export function readFields(doctype: DocType, fields: unknown, call: DocumentCall): Selected[] {
  const wanted = Array.isArray(fields) && fields.length > 0 ? (fields as unknown[]) : ["name"];
  return wanted.flatMap((one) => readField(doctype, one, call));
}

function readField(doctype: DocType, wanted: unknown, call: DocumentCall): Selected[] {
  if (typeof wanted === "object" && wanted !== null)
    return [functionObject(doctype, wanted as Record<string, unknown>, call)];
  const text = String(wanted).replaceAll(`\`tab${doctype.name}\`.`, "").replaceAll("`", "").trim();
  if (text === "*") return columnsOf(doctype).flatMap((name) => column(doctype, name, name, call));
  const [, expression = text, alias] = WITH_ALIAS.exec(text) ?? [];
  const [, name, argument] = FUNCTION.exec(expression) ?? [];
  if (name !== undefined) {
    if (call.site.profile === 16) throw refuse(sentence(call.caller.language, "functionsRefused", text));
    return [aggregate(doctype, name.toLowerCase(), argument ?? "", alias ?? expression, call)];
  }
  if (expression.includes("(")) throw crash("IndexError", "list index out of range");
  if (expression.includes(".")) return linked(doctype, expression, alias, call);
  return column(doctype, expression, alias ?? expression, call);
}

function column(doctype: DocType, name: string, as: string, call: DocumentCall): Selected[] {
  if (!isColumn(doctype, name)) throw notPermitted(name, call);
  if (isHidden(doctype, call.caller, name)) return [];
  return [{ kind: "column", as, read: (doc) => columnValue(doc, name) }];
}

/** `link_field.column` of the record that the link names. */
function linked(doctype: DocType, expression: string, alias: string | undefined, call: DocumentCall): Selected[] {
  const [through = "", name = ""] = expression.split(".");
  const link = fieldOf(doctype, through);
  const target = call.site.doctypes.find(link?.options ?? "");
  if (link?.type !== "Link" || target === undefined) throw notPermitted(through, call);
  if (!isColumn(target, name)) throw notPermitted(expression, call);
  // A column of another record needs the right to read that DocType (measured).
  if (!hasRight(target, call.caller, "read"))
    throw noDoctypeAccess(target.name, call.caller, { profile: call.site.profile });
  return [
    {
      kind: "column",
      as: alias ?? name,
      read(doc) {
        const record = call.transaction.find(target.name, textOf(doc[through]));
        return record === undefined ? null : columnValue(record, name);
      },
    },
  ];
}

/** v16's way: `{"COUNT": "name", "as": "n"}`. */
function functionObject(doctype: DocType, wanted: Record<string, unknown>, call: DocumentCall): Selected {
  const [name] = Object.keys(wanted).filter((key) => key !== "as");
  const alias = wanted["as"];
  if (name === undefined || call.site.profile !== 16) throw crash("TypeError", "unhashable type: 'dict'");
  const argument = String(wanted[name]);
  return aggregate(
    doctype,
    name.toLowerCase(),
    argument,
    typeof alias === "string" ? alias : `${name}(${argument})`,
    call,
    true,
  );
}

function aggregate(
  doctype: DocType,
  name: string,
  argument: string,
  as: string,
  call: DocumentCall,
  star = false,
): Selected {
  const all = star && argument === "*";
  if (!all && !isColumn(doctype, argument)) throw notPermitted(argument, call);
  const values = (docs: readonly Doc[]): Value[] =>
    docs.map((doc) => (all ? 1 : columnValue(doc, argument))).filter((value) => value !== null);
  return { kind: "aggregate", as, read: (docs) => aggregateOf(name, values(docs)) };
}

function aggregateOf(name: string, values: readonly Value[]): Value {
  if (name === "count") return values.length;
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : textOf(a) < textOf(b) ? -1 : 1,
  );
  if (name === "max") return sorted.at(-1) ?? null;
  if (name === "min") return sorted[0] ?? null;
  const sum = values.reduce<number>((total, value) => total + Number(value), 0);
  return name === "sum" ? sum : sum / values.length;
}

function notPermitted(name: string, call: DocumentCall): Error {
  return refuse(`${sentence(call.caller.language, "fieldNotPermitted")}: ${name}`, { type: "DataError" });
}
