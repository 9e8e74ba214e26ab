import { deleteRecord } from "../documents/delete.ts";
import { hasRight, mayReadDocument, noDocumentAccess } from "../documents/permissions.ts";
import { present } from "../documents/present.ts";
import { insertRecord, updateRecord } from "../documents/write.ts";
import type { GivenValues } from "../documents/write.ts";

import { answer, htmlAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { notWhitelisted } from "./call-method.ts";
import { knownDocType, notFoundRecord } from "./doctype-of.ts";
import { crash, notFound } from "./frappe-error.ts";
import { listRecords } from "./list-records.ts";
import type { MethodCall } from "./methods/method.ts";
import { pythonJson } from "./python-json.ts";
import { jsonArgument, textArgument } from "./site-request.ts";

/** `/api/resource/<DocType>[/<name>]` (`frappe-hr.md` §9.1). */
export async function serveResource(
  verb: string,
  doctypeName: string,
  name: string | undefined,
  call: MethodCall,
): Promise<Answer> {
  if (name === undefined) {
    const doctype = knownDocType(doctypeName, call);
    if (verb === "GET" || verb === "HEAD") return data(200, listRecords(doctype, call.input.args, call));
    if (verb !== "POST") throw notFound();
    const doc = await insertRecord(doctype, givenValues(call), call);
    return data(200, present(doctype, doc, call, { nulls: false, fieldLevels: false }));
  }
  if (call.site.doctypes.find(doctypeName) === undefined)
    throw crash(
      "ImportError",
      `No module named 'frappe.core.doctype.${doctypeName.toLowerCase().replaceAll(" ", "_")}'`,
      "",
    );
  return serveRecord(verb, doctypeName, name, call);
}

function serveRecord(verb: string, doctypeName: string, name: string, call: MethodCall): Answer {
  const doctype = knownDocType(doctypeName, call);
  const runMethod = textArgument(call.input.args, "run_method");
  if ((verb === "GET" && runMethod !== undefined) || verb === "POST")
    return runDocMethod(verb, doctypeName, name, runMethod, call);
  if (verb === "DELETE") {
    deleteRecord(doctype, name, call);
    return data(202, "ok");
  }
  if (verb !== "GET" && verb !== "HEAD" && verb !== "PUT") throw notFound();
  const doc = call.transaction.find(doctype.name, name);
  if (doc === undefined) throw notFoundRecord(doctype, name, call);
  if (verb === "PUT") {
    const updated = updateRecord(doctype, doc, givenValues(call), call);
    return data(200, present(doctype, updated, call, { nulls: false, fieldLevels: true }));
  }
  if (!mayReadDocument(doctype, doc, call)) throw noDocumentAccess(doctype.name, call.caller);
  return data(200, present(doctype, doc, call, { nulls: false, fieldLevels: true }));
}

/** `?run_method=…`; with a JSON body the query is lost, and the original falls over its absence (measured). */
function runDocMethod(
  verb: string,
  doctypeName: string,
  name: string,
  method: string | undefined,
  call: MethodCall,
): Answer {
  const doctype = knownDocType(doctypeName, call);
  if (method === undefined) {
    if (call.site.profile === 14) throw notFound();
    throw crash("KeyError", "'run_method'", "");
  }
  const doc = call.transaction.find(doctype.name, name);
  if (doc === undefined) throw notFoundRecord(doctype, name, call);
  const run = doctype.methods?.[method];
  if (run === undefined) {
    if (method !== "validate" && method !== "insert" && method !== "save")
      return htmlAnswer(
        404,
        `<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>Method ${method} not found</p>\n`,
      );
    const module = doctype.slug.replaceAll("-", "_");
    throw notWhitelisted(`${doctype.app}.hr.doctype.${module}.${module}.${method}`, call);
  }
  if (!hasRight(doctype, call.caller, verb === "GET" ? "read" : "write"))
    throw noDocumentAccess(doctype.name, call.caller);
  const unexpected = Object.keys(call.input.args).find(
    (key) => key !== "run_method" && key !== "_lang" && key !== "csrf_token",
  );
  if (unexpected !== undefined)
    throw crash(
      "TypeError",
      `${doctype.name.replaceAll(" ", "")}.${method}() got an unexpected keyword argument '${unexpected}'`,
      "",
    );
  run(doc, call);
  return answer(200, "application/json", "{}");
}

/** The record in a request: the `data` field of a form, or the arguments themselves. */
function givenValues(call: MethodCall): GivenValues {
  const wrapped = jsonArgument(call.input.args, "data");
  return typeof wrapped === "object" && wrapped !== null && !Array.isArray(wrapped)
    ? (wrapped as GivenValues)
    : call.input.args;
}

function data(status: number, value: unknown): Answer {
  return answer(status, "application/json", pythonJson({ data: value }));
}
