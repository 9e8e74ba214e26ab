import { findShift } from "../attendance/shift-window.ts";
import { fold } from "../data/collation.ts";
import { isBlank, numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import { FrappeError, refuse } from "../rest/frappe-error.ts";
import { label, sentence } from "../rest/texts.ts";
import { parseTime, withoutMicroseconds } from "../time/naive-time.ts";
import type { ParsedTime } from "../time/naive-time.ts";
import { isAtLeast } from "../versions.ts";

import { checkWhereabouts } from "./checkin-location.ts";
import { seesEmployee } from "./employee.ts";
import { full, granting, level1 } from "./grants.ts";
import { field } from "./meta.ts";
import type { DocType } from "./meta.ts";
import { STRICT_LOG_TYPE } from "./shift-type.ts";

/** Where the message about a duplicate links to. */
const DESK_LINK = { 14: "app/Form", 15: "app/Form", 16: "desk/Form" } as const;

/** Employee Checkin with the checks of `frappe-hr.md` §2.2 in their order (§14.9). */
export const EMPLOYEE_CHECKIN: DocType = {
  name: "Employee Checkin",
  slug: "employee-checkin",
  app: "hrms",
  fields: [
    field("employee", "Link", "Employee", { options: "Employee", required: true }),
    field("employee_name", "Data", "Employee Name", { fetchFrom: "employee.employee_name" }),
    field("log_type", "Select", "Log Type", { options: "\nIN\nOUT" }),
    field("shift", "Link", "Shift", { options: "Shift Type", readOnly: true }),
    field("time", "Datetime", "Time", { required: true, default: "Now", level: 1 }),
    field("device_id", "Data", "Location / Device ID"),
    field("skip_auto_attendance", "Check", "Skip Auto Attendance"),
    field("attendance", "Link", "Attendance Marked", { options: "Attendance", readOnly: true }),
    field("latitude", "Float", "Latitude", { since: "15.22.0" }),
    field("longitude", "Float", "Longitude", { since: "15.22.0" }),
    field("geolocation", "Text", "Geolocation", { since: "15.22.0" }),
    field("shift_start", "Datetime", "Shift Start"),
    field("shift_end", "Datetime", "Shift End"),
    field("offshift", "Check", "Off-Shift", { since: "15.39.2" }),
    field("shift_actual_start", "Datetime", "Shift Actual Start"),
    field("shift_actual_end", "Datetime", "Shift Actual End"),
  ],
  grants: [
    ...full("System Manager", "HR Manager", "HR User"),
    ...granting(["read", "write", "create", "delete"], "Employee"),
    ...level1(["read", "write"], "System Manager", "HR Manager", "HR User"),
    ...level1(["read"], "Employee"),
  ],
  titleField: "employee_name",
  autoname(_doc, call) {
    const [year = "", month = ""] = call.site.clock.today().split("-");
    const prefix = `EMP-CKIN-${month}-${year}-`;
    return prefix + String(call.transaction.nextNumber(prefix)).padStart(6, "0");
  },
  validate: validateCheckin,
  mayRead: (doc, call) => seesEmployee(textOf(doc["employee"]), call),
};

function validateCheckin(doc: Doc, call: DocumentCall): void {
  const { hrms } = call.site.versions;
  if (isAtLeast(hrms, "15.39.2")) cutMicroseconds(doc);
  const employee = call.transaction.find("Employee", textOf(doc["employee"]));
  if (employee?.["status"] === "Inactive") throw inactive(employee.name, call);
  refuseDuplicate(doc, call);
  if (isAtLeast(hrms, "15.42.0")) refuseTimeChange(doc, call);
  fetchShift(doc, employee, call);
  checkWhereabouts(doc, call);
}

function cutMicroseconds(doc: Doc): void {
  const given = textOf(doc["time"]);
  if (given === "") return;
  const parsed = readTime(given);
  doc["time"] = withoutMicroseconds(parsed.text) + (parsed.offset ?? "");
}

function readTime(given: string): ParsedTime & { kind: "time" } {
  const parsed = parseTime(given);
  if (parsed.kind === "time") return parsed;
  const text = parsed.kind === "unknown-format" ? "Unknown string format" : "day is out of range for month";
  throw new FrappeError({
    status: 500,
    type: "ParserError",
    module: "dateutil.parser._parser.",
    text: `${text}: ${given}`,
    source: "hrms",
  });
}

function inactive(employee: string, call: DocumentCall): FrappeError {
  const prefix = call.site.profile === 16 ? "desk" : "app";
  const link = `<a href="${call.site.origin}/${prefix}/employee/${encodeURIComponent(employee)}">${employee}</a>`;
  return refuse(sentence(call.caller.language, "inactiveEmployee", link), {
    type: "InactiveEmployeeStatusError",
    module: "erpnext.setup.doctype.employee.employee.",
    source: "hrms",
  });
}

/** Same employee, time and log type; device_id is no part of it, and no log type is a class of its own. */
function refuseDuplicate(doc: Doc, call: DocumentCall): void {
  const time = comparable(textOf(doc["time"]));
  for (const other of call.transaction.lookUp("Employee Checkin", "employee", textOf(doc["employee"]))) {
    if (fold(other.name) === fold(doc.name)) continue;
    if (textOf(other["time"]) !== time || textOf(other["log_type"]) !== textOf(doc["log_type"])) continue;
    const { language } = call.caller;
    const shown = `${label(language, "Employee Checkin")} ${textOf(other["employee_name"]) || other.name}`;
    const link = `<a href="/${DESK_LINK[call.site.profile]}/Employee Checkin/${other.name}" style="font-weight: bold;">${shown}</a>`;
    throw refuse(`${sentence(language, "duplicateLog")}<Br>${link}`, { source: "hrms" });
  }
}

function refuseTimeChange(doc: Doc, call: DocumentCall): void {
  const { before } = call;
  if (before === null || isBlank(before["attendance"])) return;
  if (comparable(textOf(doc["time"])) !== textOf(before["time"]))
    throw refuse(sentence(call.caller.language, "timeOfAttendedLog"), { source: "hrms", title: "Cannot Modify Time" });
}

function comparable(time: string): string {
  const parsed = parseTime(time);
  return parsed.kind === "time" ? parsed.text : time;
}

function fetchShift(doc: Doc, employee: Doc | undefined, call: DocumentCall): void {
  const given = textOf(doc["time"]);
  if (given === "") return;
  const parsed = readTime(given);
  if (parsed.offset !== null && employee !== undefined && !isBlank(employee["default_shift"]))
    throw new FrappeError({
      status: 500,
      type: "TypeError",
      text: "can't compare offset-naive and offset-aware datetimes",
      module: "",
      source: "hrms",
    });
  const window = employee === undefined ? null : findShift(call.transaction, employee, parsed.text);
  if (window === null) {
    for (const name of ["shift", "shift_start", "shift_end", "shift_actual_start", "shift_actual_end"])
      doc[name] = null;
    doc["offshift"] = 1;
    return;
  }
  const { shift } = window;
  const strict = textOf(shift["determine_check_in_and_check_out"]) === STRICT_LOG_TYPE;
  if (strict && isBlank(doc["log_type"]) && numberOf(doc["skip_auto_attendance"]) === 0)
    throw refuse(sentence(call.caller.language, "logTypeRequired", shift.name), { source: "hrms" });
  doc["offshift"] = 0;
  if (!isBlank(doc["attendance"])) return;
  doc["shift"] = shift.name;
  doc["shift_start"] = window.start;
  doc["shift_end"] = window.end;
  doc["shift_actual_start"] = window.actualStart;
  doc["shift_actual_end"] = window.actualEnd;
}
