import { fold } from "../data/collation.ts";
import { textOf } from "../data/value.ts";
import type { DocType } from "../doctypes/meta.ts";
import { FrappeError, notFound } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";

import type { DocumentCall } from "./call.ts";
import { hasRight, noDocumentAccess } from "./permissions.ts";

/** Changes a record's id, and every link to it (`frappe-hr.md` §1.1: Employees may be renamed). */
export function renameRecord(doctype: DocType, oldName: string, newName: string, call: DocumentCall): string {
  const { language } = call.caller;
  const doc = call.transaction.find(doctype.name, oldName);
  if (doc === undefined)
    throw notFound(sentence(language, "notFound", doctype.name, oldName), sentence(language, "message"));
  if (!hasRight(doctype, call.caller, "write")) throw noDocumentAccess(doctype.name, call.caller);
  const name = newName.trim();
  if (fold(name) !== fold(oldName) && call.transaction.find(doctype.name, name) !== undefined)
    throw new FrappeError({ status: 409, type: "DuplicateEntryError", text: `${doctype.name} ${name} exists` });
  const renamed = { ...doc, name, modified: call.site.clock.now(), modified_by: call.caller.user };
  call.transaction.update(
    doctype.name,
    doc.name,
    doctype.name === "Employee" ? { ...renamed, employee: name } : renamed,
  );
  moveLinks(doctype, doc.name, name, call);
  return name;
}

function moveLinks(doctype: DocType, oldName: string, newName: string, call: DocumentCall): void {
  for (const other of call.site.doctypes.all()) {
    for (const link of other.fields.filter((one) => one.type === "Link" && one.options === doctype.name)) {
      for (const { doc } of [...call.site.data.table(other.name).rows(call.transaction.id)]) {
        if (fold(textOf(doc[link.name])) === fold(oldName))
          call.transaction.update(other.name, doc.name, { ...doc, [link.name]: newName });
      }
    }
  }
}
