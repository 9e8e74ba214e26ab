import type { DocType } from "../doctypes/meta.ts";
import type { DocumentCall } from "../documents/call.ts";
import { hasRight, noDoctypeAccess } from "../documents/permissions.ts";

import { notFound } from "./frappe-error.ts";
import { label, sentence } from "./texts.ts";

/** The DocType of a name. One that does not exist is 404 for an administrator and 403 on `DocType` for others (measured). */
export function knownDocType(name: string, call: DocumentCall): DocType {
  const doctype = call.site.doctypes.find(name);
  if (doctype !== undefined) return doctype;
  const list = call.site.doctypes.find("DocType");
  if (list !== undefined && !hasRight(list, call.caller, "read"))
    throw noDoctypeAccess("DocType", call.caller, { creating: true, profile: call.site.profile });
  const { language } = call.caller;
  throw notFound(sentence(language, "notFound", "DocType", name), sentence(language, "message"));
}

export function notFoundRecord(doctype: DocType, name: string, call: DocumentCall): Error {
  const { language } = call.caller;
  return notFound(sentence(language, "notFound", label(language, doctype.name), name), sentence(language, "message"));
}
