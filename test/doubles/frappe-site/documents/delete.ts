import { isBlank, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocType } from "../doctypes/meta.ts";
import { notFound, refuse } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";

import type { DocumentCall } from "./call.ts";
import { hasRight, noDocumentAccess } from "./permissions.ts";

const SERIES = /^(.*?-)(\d+)$/;

/** Deletes a record that nothing links to; the last number of its series is given out again. */
export function deleteRecord(doctype: DocType, name: string, call: DocumentCall): void {
  const doc = call.transaction.find(doctype.name, name);
  if (doc === undefined) throw notFound();
  if (!hasRight(doctype, call.caller, "delete")) throw noDocumentAccess(doctype.name, call.caller);
  refuseWhileLinked(doctype, doc, call);
  doctype.beforeDelete?.(doc, call);
  call.transaction.remove(doctype.name, doc.name);
  const [, series, number] = SERIES.exec(doc.name) ?? [];
  if (series !== undefined) call.transaction.revertNumber(series, Number(number));
}

function refuseWhileLinked(doctype: DocType, doc: Doc, call: DocumentCall): void {
  for (const other of call.site.doctypes.all()) {
    for (const link of other.fields.filter((one) => one.type === "Link" && one.options === doctype.name)) {
      // Logs are unlinked when their Attendance goes.
      if (doctype.name === "Attendance") continue;
      for (const row of linkedRows(other, link.name, doc.name, call)) throw linkExists(doctype, doc, other, row, call);
    }
  }
}

function* linkedRows(other: DocType, column: string, name: string, call: DocumentCall): Generator<Doc> {
  const table = call.site.data.table(other.name);
  if (table.isIndexed(column)) {
    yield* call.transaction.lookUp(other.name, column, name);
    return;
  }
  for (const row of table.rows(call.transaction.id)) {
    if (!isBlank(row.doc[column]) && textOf(row.doc[column]) === name) yield row.doc;
  }
}

function linkExists(doctype: DocType, doc: Doc, other: DocType, row: Doc, call: DocumentCall): Error {
  const text = sentence(
    call.caller.language,
    "linked",
    doctype.name,
    linkTo(doctype, doc.name, call),
    other.name,
    linkTo(other, row.name, call),
  );
  return refuse(text, { type: "LinkExistsError" });
}

function linkTo(doctype: DocType, name: string, call: DocumentCall): string {
  const prefix = call.site.profile === 16 ? "desk" : "app";
  return `<a href="${call.site.origin}/${prefix}/${doctype.slug}/${encodeURIComponent(name)}">${name}</a>`;
}
