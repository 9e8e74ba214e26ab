import { fold } from "../data/collation.ts";
import { textOf } from "../data/value.ts";
import type { ChildRows, Doc } from "../data/value.ts";
import { STANDARD_COLUMNS } from "../doctypes/meta.ts";
import type { DocType } from "../doctypes/meta.ts";

import type { DocumentCall } from "./call.ts";
import { hasRight, isHidden } from "./permissions.ts";

/** A record as a single-record answer shows it: columns in order, child tables last, fields of level 1 only to readers. */
export function present(
  doctype: DocType,
  doc: Doc,
  call: DocumentCall,
  options: { readonly nulls: boolean; readonly fieldLevels: boolean },
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  const columns = [...STANDARD_COLUMNS, ...doctype.fields.map((one) => one.name)];
  for (const name of columns) {
    if (options.fieldLevels && isHidden(doctype, call.caller, name)) continue;
    const value = doc[name] ?? null;
    if (value !== null || options.nulls) shown[name] = value;
  }
  shown["doctype"] = doctype.name;
  for (const table of doctype.childTables ?? []) shown[table] = childRows(doctype, doc, table, call);
  return shown;
}

function childRows(doctype: DocType, doc: Doc, table: string, call: DocumentCall): ChildRows {
  if (doctype.name === "User" && table === "roles") {
    // User.roles is of permission level 1: others, the user included, see an empty table (measured).
    if (!hasRight(doctype, call.caller, "read", 1)) return [];
    return call.site.data
      .rows("Has Role")
      .filter((row) => fold(textOf(row["parent"])) === fold(doc.name))
      .map((row) => ({ ...row }) as Record<string, string>);
  }
  const value = doc[table];
  return Array.isArray(value) ? (value as ChildRows) : [];
}
