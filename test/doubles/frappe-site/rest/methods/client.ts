import type { DocType } from "../../doctypes/meta.ts";
import { deleteRecord } from "../../documents/delete.ts";
import { hasRight, mayReadDocument, noDocumentAccess } from "../../documents/permissions.ts";
import { present } from "../../documents/present.ts";
import { renameRecord } from "../../documents/rename.ts";
import { insertRecord, updateRecord } from "../../documents/write.ts";
import type { GivenValues } from "../../documents/write.ts";
import type { Right } from "../../site-options.ts";
import { knownDocType, notFoundRecord } from "../doctype-of.ts";
import { crash, refuse } from "../frappe-error.ts";
import { countRecords, listRecords } from "../list-records.ts";
import { jsonArgument, textArgument } from "../site-request.ts";
import { sentence } from "../texts.ts";

import { missingArgument } from "./method.ts";
import type { Method, MethodCall, MethodResult } from "./method.ts";

const MOST_INSERTS = 200;
const WRITES = ["POST", "PUT"] as const;

/** The functions of `frappe.client`. */
export const CLIENT_METHODS: Readonly<Record<string, Method>> = {
  "frappe.client.get_list": {
    run: (call) => ({ message: listRecords(doctypeArgument(call, "get_list"), call.input.args, call) }),
  },
  "frappe.client.get_count": {
    run: (call) => ({ message: countRecords(doctypeArgument(call, "get_count"), call.input.args, call) }),
  },
  "frappe.client.get": { run: getOne },
  "frappe.client.get_value": { run: getValue },
  "frappe.client.get_single_value": { run: getSingleValue },
  "frappe.client.has_permission": { run: hasPermission },
  "frappe.client.insert": { verbs: WRITES, run: insertOne },
  "frappe.client.insert_many": { verbs: WRITES, run: insertMany },
  "frappe.client.set_value": { verbs: WRITES, run: setValue },
  "frappe.client.rename_doc": { verbs: WRITES, run: renameDoc },
  "frappe.client.delete": { verbs: ["DELETE", "POST"], run: deleteOne },
  // A trap: the zone of the calling user's defaults, not the site's (`frappe-hr.md` §4).
  "frappe.client.get_time_zone": {
    guests: true,
    run: (call) => ({ message: { time_zone: call.caller.user === "Guest" ? call.site.guestZone : call.site.zone } }),
  },
};

function doctypeArgument(call: MethodCall, functionName: string): DocType {
  const name = textArgument(call.input.args, "doctype");
  if (name === undefined) throw missingArgument(functionName, "doctype");
  return knownDocType(name, call);
}

function getOne(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "get");
  const name = textArgument(call.input.args, "name") ?? "";
  const doc = call.transaction.find(doctype.name, name);
  if (doc === undefined) throw notFoundRecord(doctype, name, call);
  if (!mayReadDocument(doctype, doc, call)) throw noDocumentAccess(doctype.name, call.caller);
  return { message: present(doctype, doc, call, { nulls: true, fieldLevels: true }) };
}

function getValue(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "get_value");
  const field = jsonLike(call, "fieldname");
  const filters = jsonLike(call, "filters");
  const args = {
    fields: Array.isArray(field) ? field : [field],
    filters: typeof filters === "string" ? { name: filters } : filters,
    limit_page_length: "1",
  };
  return { message: listRecords(doctype, args, call)[0] ?? {} };
}

function getSingleValue(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "get_single_value");
  if (!hasRight(doctype, call.caller, "read")) {
    const message = sentence(call.caller.language, "noPermissionFor", doctype.name);
    throw refuse(message, { status: 403, type: "PermissionError" });
  }
  const doc = call.transaction.find(doctype.name, doctype.name);
  return { message: doc?.[textArgument(call.input.args, "field") ?? ""] ?? null };
}

/** An argument that may be JSON or plain text. */
function jsonLike(call: MethodCall, name: string): unknown {
  const value = call.input.args[name];
  return typeof value === "string" && /^[[{]/.test(value) ? jsonArgument(call.input.args, name) : value;
}

/** Says nothing about level 1 (`frappe-hr.md` §9.3). */
function hasPermission(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "has_permission");
  const { args } = call.input;
  const name = textArgument(args, "docname");
  if (name === undefined) throw missingArgument("has_permission", "docname");
  const right = (textArgument(args, "perm_type") ?? "read") as Right;
  const doc = name === "" ? undefined : call.transaction.find(doctype.name, name);
  if (name !== "" && doc === undefined && doctype.name !== "Role") throw notFoundRecord(doctype, name, call);
  const allowed = hasRight(doctype, call.caller, right) && (doc === undefined || mayReadDocument(doctype, doc, call));
  return { message: { has_permission: allowed } };
}

async function insertOne(call: MethodCall): Promise<MethodResult> {
  const given = objectOf(jsonArgument(call.input.args, "doc"), "doc");
  const doctype = doctypeOf(given, call);
  const doc = await insertRecord(doctype, given, call);
  return { message: present(doctype, doc, call, { nulls: true, fieldLevels: false }) };
}

/** Up to 200 records in one transaction: the first that fails undoes all (`frappe-hr.md` §5). */
async function insertMany(call: MethodCall): Promise<MethodResult> {
  const docs = jsonArgument(call.input.args, "docs");
  if (!Array.isArray(docs)) throw crash("TypeError", "object of type 'NoneType' has no len()");
  if (docs.length > MOST_INSERTS) throw refuse(sentence(call.caller.language, "onlyInserts"));
  const names: string[] = [];
  for (const one of docs as unknown[]) {
    const given = objectOf(one, "docs");
    const doc = await insertRecord(doctypeOf(given, call), given, call);
    names.push(doc.name);
  }
  return { message: names };
}

function setValue(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "set_value");
  const { args } = call.input;
  const name = textArgument(args, "name") ?? "";
  const field = jsonLike(call, "fieldname");
  const given = typeof field === "string" ? { [field]: args["value"] } : objectOf(field, "fieldname");
  const doc = call.transaction.find(doctype.name, name);
  if (doc === undefined) throw notFoundRecord(doctype, name, call);
  const updated = updateRecord(doctype, doc, given, call);
  return { message: present(doctype, updated, call, { nulls: true, fieldLevels: true }) };
}

function renameDoc(call: MethodCall): MethodResult {
  const doctype = doctypeArgument(call, "rename_doc");
  const oldName = textArgument(call.input.args, "old_name") ?? "";
  const name = renameRecord(doctype, oldName, textArgument(call.input.args, "new_name") ?? "", call);
  const message = sentence(call.caller.language, "renamed", oldName, name);
  return {
    message: name,
    shown: [{ message, title: sentence(call.caller.language, "message"), raised: false, alert: true }],
  };
}

function deleteOne(call: MethodCall): MethodResult {
  const { args } = call.input;
  const name = textArgument(args, "name");
  if (name === undefined || textArgument(args, "doctype") === undefined)
    throw missingArgument("delete", "doctype", "name");
  deleteRecord(doctypeArgument(call, "delete"), name, call);
  return {};
}

function doctypeOf(given: GivenValues, call: MethodCall): DocType {
  const name = given["doctype"];
  if (typeof name !== "string") throw crash("ValueError", '"doctype" is a required key');
  return knownDocType(name, call);
}

function objectOf(value: unknown, name: string): GivenValues {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as GivenValues;
  throw crash("ValueError", `${name} must be an object`);
}
