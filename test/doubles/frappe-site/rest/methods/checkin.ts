import { fold } from "../../data/collation.ts";
import { textOf } from "../../data/value.ts";
import type { Doc } from "../../data/value.ts";
import { isColumn } from "../../doctypes/meta.ts";
import { present } from "../../documents/present.ts";
import { insertRecord } from "../../documents/write.ts";
import { isAtLeast } from "../../versions.ts";
import { knownDocType } from "../doctype-of.ts";
import { databaseError, refuse } from "../frappe-error.ts";
import { textArgument } from "../site-request.ts";
import { sentence } from "../texts.ts";

import { missingArgument } from "./method.ts";
import type { Method, MethodCall, MethodResult } from "./method.ts";

const FUNCTION = "add_log_based_on_employee_field";

export const CHECKIN_METHODS: Readonly<Record<string, Method>> = {
  [`hrms.hr.doctype.employee_checkin.employee_checkin.${FUNCTION}`]: { run: addLog },
};

/** Finds the employee by any field, without looking at rights or status, and inserts a log (`frappe-hr.md` §3). */
async function addLog(call: MethodCall): Promise<MethodResult> {
  const { args } = call.input;
  const missing = ["employee_field_value", "timestamp"].filter((name) => !(name in args));
  if (missing.length > 0) throw missingArgument(FUNCTION, ...missing);
  const value = textArgument(args, "employee_field_value") ?? "";
  const timestamp = textArgument(args, "timestamp") ?? "";
  if (value === "" || timestamp === "")
    throw refuse(sentence(call.caller.language, "valueAndTimestampRequired"), { source: "hrms" });
  const fieldname = textArgument(args, "employee_fieldname") ?? "attendance_device_id";
  const employee = findEmployee(fieldname, value, call);
  if (employee === undefined)
    throw refuse(sentence(call.caller.language, "noEmployeeForValue", fieldname, value), { source: "hrms" });
  const checkin = knownDocType("Employee Checkin", call);
  // Releases before 15.42 do not know the coordinates as arguments, and unknown arguments are dropped.
  const coordinates = isAtLeast(call.site.versions.hrms, "15.42.0")
    ? { latitude: args["latitude"] ?? null, longitude: args["longitude"] ?? null }
    : {};
  const given = {
    employee: employee.name,
    time: timestamp,
    device_id: args["device_id"] ?? null,
    log_type: args["log_type"] ?? null,
    ...(textArgument(args, "skip_auto_attendance") === "1" ? { skip_auto_attendance: "1" } : {}),
    ...coordinates,
  };
  const doc = await insertRecord(checkin, given, call);
  return { message: present(checkin, doc, call, { nulls: false, fieldLevels: false }) };
}

/** The first row wins where the field is not unique. */
function findEmployee(fieldname: string, value: string, call: MethodCall): Doc | undefined {
  const doctype = knownDocType("Employee", call);
  if (!isColumn(doctype, fieldname)) throw databaseError(`(1054, "Unknown column '${fieldname}' in 'SELECT'")`);
  for (const { doc } of call.site.data.table("Employee").rows(call.transaction.id)) {
    if (doc[fieldname] !== null && fold(textOf(doc[fieldname])) === fold(value)) return doc;
  }
  return undefined;
}
