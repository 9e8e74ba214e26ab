import { fold } from "../data/collation.ts";
import { numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import { refuse } from "../rest/frappe-error.ts";
import { dayOf } from "../time/naive-time.ts";
import { isAtLeast } from "../versions.ts";

import { full, reading } from "./grants.ts";
import { field } from "./meta.ts";
import type { DocType } from "./meta.ts";

/** Attendance (`frappe-hr.md` §7): one per employee, day and shift. */
export const ATTENDANCE: DocType = {
  name: "Attendance",
  slug: "attendance",
  app: "hrms",
  fields: [
    field("naming_series", "Select", "Series", { default: "HR-ATT-.YYYY.-", options: "HR-ATT-.YYYY.-" }),
    field("employee", "Link", "Employee", { options: "Employee", required: true }),
    field("employee_name", "Data", "Employee Name", { fetchFrom: "employee.employee_name" }),
    field("working_hours", "Float", "Working Hours"),
    field("status", "Select", "Status", {
      options: "Present\nAbsent\nOn Leave\nHalf Day\nWork From Home",
      default: "Present",
      required: true,
    }),
    field("leave_type", "Link", "Leave Type", { options: "Leave Type" }),
    field("leave_application", "Link", "Leave Application", { options: "Leave Application" }),
    field("attendance_date", "Date", "Attendance Date", { required: true }),
    field("company", "Link", "Company", { options: "Company" }),
    field("department", "Link", "Department", { options: "Department", fetchFrom: "employee.department" }),
    field("shift", "Link", "Shift", { options: "Shift Type" }),
    field("in_time", "Datetime", "In Time"),
    field("out_time", "Datetime", "Out Time"),
    field("late_entry", "Check", "Late Entry"),
    field("early_exit", "Check", "Early Exit"),
  ],
  grants: [...full("System Manager", "HR Manager", "HR User"), ...reading("Employee")],
  titleField: "employee_name",
  submittable: true,
  autoname: nameAttendance,
  validate: validateAttendance,
  beforeDelete: unlinkLogs,
};

export function nameAttendance(_doc: Doc, call: DocumentCall): string {
  const prefix = `HR-ATT-${call.site.clock.today().slice(0, 4)}-`;
  return prefix + String(call.transaction.nextNumber(prefix)).padStart(5, "0");
}

function validateAttendance(doc: Doc, call: DocumentCall): void {
  const employee = call.transaction.find("Employee", textOf(doc["employee"]));
  const day = dayOf(textOf(doc["attendance_date"]));
  if (employee?.["status"] === "Inactive")
    throw refuse(`Transactions cannot be created for an Inactive Employee ${employee.name}.`, {
      type: "InactiveEmployeeStatusError",
      module: "erpnext.setup.doctype.employee.employee.",
      source: "hrms",
    });
  if (!isAtLeast(call.site.versions.hrms, "15.34.0") && doc["status"] !== "On Leave" && day > call.site.clock.today())
    throw refuse("Attendance can not be marked for future dates", { source: "hrms" });
  if (employee !== undefined && day < textOf(employee["date_of_joining"]))
    throw refuse(
      `Attendance date <strong>${shown(day)}</strong> can not be less than employee <strong>${employee.name}</strong>'s joining date: <strong>${shown(textOf(employee["date_of_joining"]))}</strong>`,
      { source: "hrms" },
    );
  applyLeave(doc, call, day);
  const twin = findAttendance(call, textOf(doc["employee"]), day, textOf(doc["shift"]));
  if (twin !== undefined && fold(twin.name) !== fold(doc.name))
    throw refuse(
      `Attendance for employee <strong>${textOf(doc["employee"])}</strong> is already marked for the date <strong>${shown(day)}</strong>: ${twin.name}`,
      {
        type: "DuplicateAttendanceError",
        module: "hrms.hr.doctype.attendance.attendance.",
        source: "hrms",
        title: "Duplicate Attendance",
      },
    );
}

/** A day as messages print it. */
function shown(day: string): string {
  return day.split("-").toReversed().join("-");
}

/** An approved leave of the day turns the status into On Leave or Half Day. */
function applyLeave(doc: Doc, call: DocumentCall, day: string): void {
  for (const leave of call.transaction.lookUp("Leave Application", "employee", textOf(doc["employee"]))) {
    if (numberOf(leave["docstatus"]) !== 1 || leave["status"] !== "Approved") continue;
    if (textOf(leave["from_date"]) > day || textOf(leave["to_date"]) < day) continue;
    const half = numberOf(leave["half_day"]) === 1 && textOf(leave["half_day_date"]) === day;
    doc["status"] = half ? "Half Day" : "On Leave";
    doc["leave_type"] = textOf(leave["leave_type"]);
    doc["leave_application"] = leave.name;
  }
}

/** A not cancelled Attendance of the day; one without a shift counts for every shift. */
export function findAttendance(call: DocumentCall, employee: string, day: string, shift: string): Doc | undefined {
  for (const other of call.transaction.lookUp("Attendance", "employee", employee)) {
    if (numberOf(other["docstatus"]) === 2 || textOf(other["attendance_date"]) !== day) continue;
    const its = textOf(other["shift"]);
    if (shift === "" || its === "" || its === shift) return other;
  }
  return undefined;
}

function unlinkLogs(doc: Doc, call: DocumentCall): void {
  for (const log of [...call.transaction.lookUp("Employee Checkin", "attendance", doc.name)])
    call.transaction.update("Employee Checkin", log.name, { ...log, attendance: null });
}
