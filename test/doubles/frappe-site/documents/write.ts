import { isBlank, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import { STANDARD_COLUMNS, fieldOf } from "../doctypes/meta.ts";
import type { DocType } from "../doctypes/meta.ts";
import { FrappeError, refuse } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";

import { buildRecord } from "./build-record.ts";
import type { DocumentCall } from "./call.ts";
import { defaultsOf, toColumns } from "./columns.ts";
import { checkFields, checkLinks, checkUnique } from "./field-checks.ts";
import { hasRight, mayReadDocument, noDoctypeAccess, noDocumentAccess } from "./permissions.ts";

export type GivenValues = Readonly<Record<string, unknown>>;

/**
 * Inserts a record through every check of the original, in its order: right, links, id, level-1 fields, the DocType's
 * rules, required fields and choices, unique columns. Answers the record as it stood in memory.
 */
export async function insertRecord(doctype: DocType, given: GivenValues, call: DocumentCall): Promise<Doc> {
  if (!hasRight(doctype, call.caller, "create"))
    throw noDoctypeAccess(doctype.name, call.caller, { creating: true, profile: call.site.profile });
  const doc = newRecord(doctype, given, call);
  call.site.faults.refuseRow(doctype.name, doc);
  checkLinks(doctype, doc, call);
  nameRecord(doctype, doc, given, call);
  resetLevel1(doctype, doc, call);
  doctype.validate?.(doc, call);
  checkFields(doctype, doc, call);
  // Another request may be served between the checks and the write: nothing is locked (`frappe-hr.md` §14.9 rule 4).
  await call.site.faults.beforeRowIsWritten(doctype.name);
  checkUnique(doctype, doc, call);
  const stored = toColumns(doctype, doc);
  call.transaction.insert(doctype.name, stored);
  return { ...stored, ...visibleInMemory(doctype, doc) };
}

/** The reply shows text as it was sent (a number in a Data field stays a number); times are as stored. */
function visibleInMemory(doctype: DocType, doc: Doc): Record<string, Doc[string]> {
  const kept: Record<string, Doc[string]> = {};
  for (const one of doctype.fields) {
    const value = doc[one.name];
    if (one.type === "Data" && value !== undefined && !isBlank(value)) kept[one.name] = value;
  }
  return kept;
}

function newRecord(doctype: DocType, given: GivenValues, call: DocumentCall): Doc {
  const defaults = defaultsOf(doctype, () => call.site.clock.now());
  if (fieldOf(doctype, "company") !== undefined) defaults["company"] = call.site.company;
  const doc = buildRecord(call, { name: "", ...defaults });
  assign(doctype, doc, given);
  for (const one of doctype.fields)
    if (doc[one.name] === null && defaults[one.name] !== null) doc[one.name] = defaults[one.name] ?? null;
  if (given["docstatus"] === 1) doc["docstatus"] = 1;
  return doc;
}

/** Unknown keys and standard columns in a request are ignored, as measured. */
function assign(doctype: DocType, doc: Doc, given: GivenValues): void {
  for (const [name, value] of Object.entries(given)) {
    if ((STANDARD_COLUMNS as readonly string[]).includes(name)) continue;
    if (fieldOf(doctype, name) !== undefined) doc[name] = scalarOf(value);
  }
}

function scalarOf(value: unknown): string | number | null {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function nameRecord(doctype: DocType, doc: Doc, given: GivenValues, call: DocumentCall): void {
  const wanted = given["name"];
  doc.name =
    doctype.autoname?.(doc, call) ??
    (typeof wanted === "string" ? wanted : `${doctype.slug}-${String(call.transaction.nextNumber(doctype.name))}`);
  if (call.transaction.find(doctype.name, doc.name) === undefined) return;
  const { language } = call.caller;
  const text = sentence(language, "alreadyExists", doctype.name, doc.name);
  throw new FrappeError({
    status: 409,
    type: "DuplicateEntryError",
    text: `('${doctype.name}', '${doc.name}', IntegrityError(1062, "Duplicate entry '${doc.name}' for key 'PRIMARY'"))`,
    messages: [{ message: text, title: sentence(language, "duplicateName"), raised: false }],
  });
}

/** Without level-1 write the value sent is silently dropped: default on insert, stored value on update (§2.4). */
function resetLevel1(doctype: DocType, doc: Doc, call: DocumentCall): void {
  if (hasRight(doctype, call.caller, "write", 1)) return;
  const defaults = defaultsOf(doctype, () => call.site.clock.now());
  for (const one of doctype.fields) {
    if (one.level === 1) doc[one.name] = (call.before === null ? defaults[one.name] : call.before[one.name]) ?? null;
  }
}

/** Read-modify-write of one record, with optimistic locking when the caller sends `modified`. */
export function updateRecord(doctype: DocType, stored: Doc, given: GivenValues, call: DocumentCall): Doc {
  const update: DocumentCall = { ...call, before: stored };
  const allowed =
    hasRight(doctype, call.caller, "write") &&
    doctype.mayWrite?.(stored, call) !== false &&
    mayReadDocument(doctype, stored, call);
  if (!allowed) throw noDocumentAccess(doctype.name, call.caller);
  const doc: Doc = { ...stored };
  assign(doctype, doc, given);
  if (given["docstatus"] === 1 || given["docstatus"] === 2) doc["docstatus"] = given["docstatus"];
  doc["modified"] = call.site.clock.now();
  doc["modified_by"] = call.caller.user;
  refuseStale(doctype, doc, given, update);
  checkLinks(doctype, doc, update);
  resetLevel1(doctype, doc, update);
  doctype.validate?.(doc, update);
  checkFields(doctype, doc, update);
  checkUnique(doctype, doc, update);
  const columns = toColumns(doctype, doc);
  call.transaction.update(doctype.name, stored.name, columns);
  return columns;
}

function refuseStale(doctype: DocType, doc: Doc, given: GivenValues, call: DocumentCall): void {
  const sent = given["modified"];
  const before = textOf(call.before?.["modified"]);
  if (typeof sent !== "string" || sent === "" || sent === before) return;
  const { language } = call.caller;
  // The second time in the text is the one of this attempt, not the one sent (measured).
  const times = [before, textOf(doc["modified"])] as const;
  const text =
    call.site.profile === 16
      ? sentence(language, "modifiedAfterOpen16", ...times, doc.name, doctype.name)
      : sentence(language, "modifiedAfterOpen", ...times);
  throw refuse(text, { type: "TimestampMismatchError" });
}
