import { processAutoAttendance } from "../attendance/auto-attendance.ts";
import { isBlank, numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import { refuse } from "../rest/frappe-error.ts";

import { full, granting, reading } from "./grants.ts";
import { field } from "./meta.ts";
import type { DocType } from "./meta.ts";

export const STRICT_LOG_TYPE = "Strictly based on Log Type in Employee Checkin";
const DETERMINE = `Alternating entries as IN and OUT during the same shift\n${STRICT_LOG_TYPE}`;
const CALCULATION = "First Check-in and Last Check-out\nEvery Valid Check-in and Check-out";

/** Shift Type (`frappe-hr.md` §6, §14.10). */
export const SHIFT_TYPE: DocType = {
  name: "Shift Type",
  slug: "shift-type",
  app: "hrms",
  fields: [
    field("start_time", "Time", "Start Time", { required: true }),
    field("end_time", "Time", "End Time", { required: true }),
    field("holiday_list", "Link", "Holiday List", { options: "Holiday List" }),
    field("color", "Select", "Roster Color", {
      options: "Blue\nCyan\nFuchsia\nGreen\nLime\nOrange\nPink\nRed\nViolet\nYellow",
      default: "Blue",
    }),
    field("enable_auto_attendance", "Check", "Enable Auto Attendance"),
    field("determine_check_in_and_check_out", "Select", "Determine Check-in and Check-out", { options: DETERMINE }),
    field("working_hours_calculation_based_on", "Select", "Working Hours Calculation Based On", {
      options: CALCULATION,
    }),
    field("begin_check_in_before_shift_start_time", "Int", "Begin check-in before shift start time (in minutes)", {
      default: 60,
    }),
    field("allow_check_out_after_shift_end_time", "Int", "Allow check-out after shift end time (in minutes)", {
      default: 60,
    }),
    field("mark_auto_attendance_on_holidays", "Check", "Mark Auto Attendance on Holidays"),
    field("working_hours_threshold_for_half_day", "Float", "Working Hours Threshold for Half Day"),
    field("working_hours_threshold_for_absent", "Float", "Working Hours Threshold for Absent"),
    field("process_attendance_after", "Date", "Process Attendance After"),
    field("last_sync_of_checkin", "Datetime", "Last Sync of Checkin"),
    field("auto_update_last_sync", "Check", "Automatically update Last Sync of Checkin", { since: "15.40.0" }),
    field("enable_late_entry_marking", "Check", "Enable Late Entry Marking"),
    field("late_entry_grace_period", "Int", "Late Entry Grace Period"),
    field("enable_early_exit_marking", "Check", "Enable Early Exit Marking"),
    field("early_exit_grace_period", "Int", "Early Exit Grace Period"),
  ],
  grants: [...full("HR Manager"), ...granting(["read", "write", "create"], "HR User"), ...reading("Employee")],
  validate: validateShiftType,
  methods: { process_auto_attendance: processAutoAttendance },
};

function validateShiftType(doc: Doc, call: DocumentCall): void {
  if (numberOf(doc["enable_auto_attendance"]) === 1 && isBlank(doc["process_attendance_after"]))
    throw refuse("Please set Process Attendance After", { source: "hrms" });
  noteForbiddenWrites(doc, call);
}

/** What a connector must never do to the commit point of attendance is remembered, not refused: the original allows it. */
function noteForbiddenWrites(doc: Doc, call: DocumentCall): void {
  const before = call.before;
  if (before === null) return;
  const was = textOf(before["last_sync_of_checkin"]);
  const is = textOf(doc["last_sync_of_checkin"]);
  if (was === is) return;
  const { violations } = call.site.data;
  const record = doc.name;
  const user = call.caller.user;
  if (numberOf(before["auto_update_last_sync"]) === 1)
    violations.push({ kind: "auto-update-shift-written", record, user });
  if (was !== "" && is < was) violations.push({ kind: "last-sync-moved-back", record, user });
}
