import { fold } from "../data/collation.ts";
import { isBlank, isScalar, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocType, Field } from "../doctypes/meta.ts";
import { FrappeError, databaseError, refuse } from "../rest/frappe-error.ts";
import { label, sentence } from "../rest/texts.ts";

import type { DocumentCall } from "./call.ts";

const MAXIMUM_LENGTH = 140;

/**
 * Links must exist, except those of v14 and v15 from which another field is fetched: there an unknown id passes
 * (`frappe-hr.md` §2.3). A found link is stored as the record spells its id.
 */
export function checkLinks(doctype: DocType, doc: Doc, call: DocumentCall): void {
  const missing: string[] = [];
  for (const link of doctype.fields.filter((one) => one.type === "Link")) {
    const value = textOf(doc[link.name]);
    if (value === "") continue;
    const target = call.transaction.find(link.options ?? "", value);
    if (target !== undefined) {
      doc[link.name] = target.name;
      fetchFields(doctype, link, doc, target);
    } else if (call.site.profile === 16 || !isFetchedFrom(doctype, link)) {
      missing.push(`${label(call.caller.language, link.label)}: ${value}`);
    }
  }
  if (missing.length > 0)
    throw refuse(sentence(call.caller.language, "couldNotFind", missing.join(", ")), { type: "LinkValidationError" });
}

function fetchFields(doctype: DocType, link: Field, doc: Doc, target: Doc): void {
  for (const fetched of doctype.fields) {
    if (fetched.fetchFrom === undefined) continue;
    const [through, column = ""] = fetched.fetchFrom.split(".");
    if (through === link.name) doc[fetched.name] = target[column] ?? null;
  }
}

function isFetchedFrom(doctype: DocType, link: Field): boolean {
  // HRMS has a custom field that is fetched from the department.
  if (doctype.name === "Employee" && link.name === "department") return true;
  return doctype.fields.some((other) => other.fetchFrom?.startsWith(`${link.name}.`) === true);
}

/** Required fields, choices and lengths, in that order and after the DocType's own rules. */
export function checkFields(doctype: DocType, doc: Doc, call: DocumentCall): void {
  checkRequired(doctype, doc, call);
  for (const one of doctype.fields) if (one.type === "Select") checkChoice(one, doc, call);
  for (const one of doctype.fields)
    if (one.type !== "Text" && one.type !== "Select") checkLength(doctype, one, doc, call);
}

function checkRequired(doctype: DocType, doc: Doc, call: DocumentCall): void {
  const missing = doctype.fields.filter((one) => one.required === true && isBlank(doc[one.name]));
  if (missing.length === 0) return;
  const { language } = call.caller;
  throw new FrappeError({
    status: 417,
    type: "MandatoryError",
    text: `[${doctype.name}, ${doc.name}]: ${missing.map((one) => one.name).join(", ")}`,
    messages: missing.map((one) => ({
      message: sentence(language, "valueMissing", label(language, doctype.name), label(language, one.label)),
      title: sentence(language, "message"),
      raised: false,
    })),
  });
}

function checkChoice(one: Field, doc: Doc, call: DocumentCall): void {
  const value = textOf(doc[one.name]);
  const choices = (one.options ?? "").split("\n");
  if (value === "" || choices.includes(value)) return;
  const listed = choices.map((choice) => `"${choice}"`).join(", ");
  throw refuse(sentence(call.caller.language, "selectChoice", one.label, value, listed));
}

function checkLength(doctype: DocType, one: Field, doc: Doc, call: DocumentCall): void {
  const value = textOf(doc[one.name]);
  if (value.length <= MAXIMUM_LENGTH) return;
  const { language } = call.caller;
  throw refuse(sentence(language, "truncated", doctype.name, doc.name, one.label, value), {
    type: "CharacterLengthExceededError",
    title: sentence(language, "valueTooBig"),
  });
}

/** Unique columns, compared as the database does; blank is NULL and may repeat. The answer names no holder. */
export function checkUnique(doctype: DocType, doc: Doc, call: DocumentCall): void {
  for (const one of doctype.fields.filter((candidate) => candidate.unique === true)) {
    const value = doc[one.name];
    if (isBlank(value) || !isScalar(value)) continue;
    const holder = holderOf(doctype, one, textOf(value), call);
    if (holder === undefined || fold(holder.name) === fold(doc.name)) continue;
    const { language } = call.caller;
    throw new FrappeError({
      status: 417,
      type: "UniqueValidationError",
      text: `('${doctype.name}', '${doc.name}', IntegrityError(1062, "Duplicate entry '${textOf(value)}' for key '${one.name}'"))`,
      messages: [
        { message: sentence(language, "mustBeUnique", one.label), title: sentence(language, "message"), raised: false },
      ],
    });
  }
}

function holderOf(doctype: DocType, one: Field, value: string, call: DocumentCall): Doc | undefined {
  for (const doc of call.transaction.lookUp(doctype.name, one.name, value)) return doc;
  return undefined;
}

export function incorrectDateTime(doctype: string, column: string, value: string): FrappeError {
  return databaseError(
    `(1292, "Incorrect datetime value: '${value}' for column \`site\`.\`tab${doctype}\`.\`${column}\` at row 1")`,
  );
}
