import type { Caller } from "../auth/caller.ts";
import type { Doc } from "../data/value.ts";
import type { DocType } from "../doctypes/meta.ts";
import { FrappeError } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";
import type { Profile, Right } from "../site-options.ts";

import type { DocumentCall } from "./call.ts";

const ADMINISTRATOR = "Administrator";

/** Whether one of the caller's roles has `right` on the DocType at a permission level. */
export function hasRight(doctype: DocType, caller: Caller, right: Right, level: 0 | 1 = 0): boolean {
  if (right === "submit" && doctype.submittable !== true) return false;
  if (caller.user === ADMINISTRATOR) return true;
  return doctype.grants.some(
    (grant) => grant.level === level && caller.roles.has(grant.role) && grant.rights.includes(right),
  );
}

/** Fields the caller may not see (level-1 fields without level-1 read). */
export function isHidden(doctype: DocType, caller: Caller, fieldName: string): boolean {
  const level = doctype.fields.find((one) => one.name === fieldName)?.level;
  return level === 1 && !hasRight(doctype, caller, "read", 1);
}

export function mayReadDocument(doctype: DocType, doc: Doc, call: DocumentCall): boolean {
  if (call.caller.user === ADMINISTRATOR) return true;
  if (doctype.mayRead !== undefined) {
    return hasRight(doctype, call.caller, "read") && doctype.mayRead(doc, call);
  }
  return hasRight(doctype, call.caller, "read");
}

/** Refusal of a whole DocType: lists and creating. A guest's on v16 has no traceback (`frappe-hr.md` §10.1). */
export function noDoctypeAccess(
  doctype: string,
  caller: Caller,
  options: { creating?: true; profile: Profile },
): FrappeError {
  const message = sentence(caller.language, "noDoctypeAccess", caller.user, doctype);
  return new FrappeError({
    status: 403,
    type: "PermissionError",
    messages: [{ message, title: sentence(caller.language, "message"), raised: false }],
    errorMessage: sentence(caller.language, "noPermissionFor", doctype),
    ...(options.creating === true || (options.profile === 16 && caller.user === "Guest")
      ? { withoutTraceback: true }
      : {}),
  });
}

/** Refusal of one record. */
export function noDocumentAccess(doctype: string, caller: Caller): FrappeError {
  const message = `${sentence(caller.language, "noDoctypeAccess", caller.user, doctype)}<br>${sentence(caller.language, "noDocumentAccess", caller.user)}`;
  return new FrappeError({
    status: 403,
    type: "PermissionError",
    messages: [{ message, title: sentence(caller.language, "message"), raised: false }],
  });
}
