import { fold } from "../data/collation.ts";
import { isBlank, numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import { ATTENDANCE, findAttendance } from "../doctypes/attendance.ts";
import { buildRecord } from "../documents/build-record.ts";
import type { DocumentCall } from "../documents/call.ts";
import { FrappeError } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";
import { addDays, dayOf, secondsBetween } from "../time/naive-time.ts";

import { assignmentsOn, windowOn } from "./shift-window.ts";

/** The four steps of auto attendance for one shift (`frappe-hr.md` §6). */
export function processAutoAttendance(shift: Doc, call: DocumentCall): void {
  const from = textOf(shift["process_attendance_after"]);
  const lastSync = textOf(shift["last_sync_of_checkin"]);
  if (numberOf(shift["enable_auto_attendance"]) !== 1 || from === "" || lastSync === "") return;
  for (const logs of groupLogs(shift, from, lastSync, call)) markAttendance(shift, logs, call);
  markAbsent(shift, from, lastSync, call);
}

function groupLogs(shift: Doc, from: string, lastSync: string, call: DocumentCall): Doc[][] {
  const groups = new Map<string, Doc[]>();
  const table = call.site.data.table("Employee Checkin");
  for (const { doc } of table.lookUp("shift", [shift.name], call.transaction.id)) {
    if (numberOf(doc["skip_auto_attendance"]) === 1 || !isBlank(doc["attendance"]) || numberOf(doc["offshift"]) === 1)
      continue;
    if (textOf(doc["time"]) < `${from} 00:00:00` || textOf(doc["shift_actual_end"]) >= lastSync) continue;
    const key = `${fold(textOf(doc["employee"]))}|${textOf(doc["shift_start"])}`;
    groups.set(key, [...(groups.get(key) ?? []), doc]);
  }
  return [...groups.values()].map((logs) => logs.toSorted((a, b) => (textOf(a["time"]) < textOf(b["time"]) ? -1 : 1)));
}

function markAttendance(shift: Doc, logs: readonly Doc[], call: DocumentCall): void {
  const first = logs[0];
  const last = logs.at(-1);
  if (first === undefined || last === undefined) return;
  const hours = secondsBetween(textOf(first["time"]), textOf(last["time"])) / 3600;
  const late = numberOf(shift["enable_late_entry_marking"]) === 1;
  const grace = numberOf(shift["late_entry_grace_period"]) * 60;
  const values = {
    employee: textOf(first["employee"]),
    attendance_date: dayOf(textOf(first["shift_start"])),
    status: statusFor(shift, hours),
    working_hours: Math.round(hours * 100) / 100,
    shift: shift.name,
    in_time: textOf(first["time"]),
    out_time: logs.length > 1 ? textOf(last["time"]) : null,
    late_entry: late && secondsBetween(textOf(first["shift_start"]), textOf(first["time"])) > grace ? 1 : 0,
  };
  try {
    const attendance = submitAttendance(values, call);
    for (const log of logs)
      call.transaction.update("Employee Checkin", log.name, { ...log, attendance: attendance.name });
  } catch (error) {
    if (!(error instanceof FrappeError) || error.spec.status !== 417) throw error;
    setAside(logs, error, call);
  }
}

/** A log that comes after its day was processed is not merged: it is skipped for good, with a comment saying why. */
function setAside(logs: readonly Doc[], error: FrappeError, call: DocumentCall): void {
  for (const log of logs) {
    call.transaction.update("Employee Checkin", log.name, { ...log, skip_auto_attendance: 1 });
    const comment = buildRecord(call, {
      name: `comment-${String(call.transaction.nextNumber("Comment"))}`,
      comment_type: "Comment",
      reference_doctype: "Employee Checkin",
      reference_name: log.name,
      content: `${sentence(call.caller.language, "skippedReason")} ${error.message}`,
    });
    call.transaction.insert("Comment", comment);
  }
}

function statusFor(shift: Doc, hours: number): string {
  const absent = numberOf(shift["working_hours_threshold_for_absent"]);
  const half = numberOf(shift["working_hours_threshold_for_half_day"]);
  if (absent > 0 && hours < absent) return "Absent";
  return half > 0 && hours < half ? "Half Day" : "Present";
}

/** Absent for every working day up to the shift one day before the last sync for which nothing is marked. */
function markAbsent(shift: Doc, from: string, lastSync: string, call: DocumentCall): void {
  const holidays = holidaysOf(textOf(shift["holiday_list"]), call);
  const until = lastDay(shift, lastSync);
  for (const { doc: employee } of call.site.data.table("Employee").rows(call.transaction.id)) {
    const joined = textOf(employee["date_of_joining"]);
    const left = textOf(employee["relieving_date"]);
    if (employee["status"] !== "Active") continue;
    for (let day = from > joined ? from : joined; day <= until; day = addDays(day, 1)) {
      if (left !== "" && day > left) break;
      if (holidays.has(day) || !worksIn(shift, employee, day, call)) continue;
      if (findAttendance(call, employee.name, day, shift.name) !== undefined) continue;
      submitAttendance({ employee: employee.name, attendance_date: day, status: "Absent", shift: shift.name }, call);
    }
  }
}

/** The day before the turn that the last sync belongs to; the small hours belong to the night shift of the day before. */
function lastDay(shift: Doc, lastSync: string): string {
  const day = dayOf(lastSync);
  const turn = windowOn(shift, day);
  const crossesMidnight = dayOf(turn.end) > day;
  return addDays(day, crossesMidnight && lastSync < turn.actualStart ? -2 : -1);
}

function worksIn(shift: Doc, employee: Doc, day: string, call: DocumentCall): boolean {
  const assigned = assignmentsOn(call.transaction, employee.name, day);
  if (assigned.length > 0) return assigned.some((one) => textOf(one["shift_type"]) === shift.name);
  return fold(textOf(employee["default_shift"])) === fold(shift.name);
}

function holidaysOf(list: string, call: DocumentCall): Set<string> {
  const rows = call.transaction.find("Holiday List", list)?.["holidays"];
  return new Set(Array.isArray(rows) ? rows.map((row) => textOf((row as Doc)["holiday_date"])) : []);
}

function submitAttendance(values: Readonly<Record<string, string | number | null>>, call: DocumentCall): Doc {
  const employee = call.transaction.find("Employee", textOf(values["employee"]));
  const draft = buildRecord(call, {
    name: "",
    naming_series: "HR-ATT-.YYYY.-",
    employee_name: textOf(employee?.["employee_name"]),
    company: textOf(employee?.["company"]),
    department: employee?.["department"] ?? null,
    working_hours: 0,
    late_entry: 0,
    early_exit: 0,
    ...values,
    docstatus: 1,
  });
  ATTENDANCE.validate?.(draft, { ...call, before: null });
  draft.name = ATTENDANCE.autoname?.(draft, call) ?? "";
  call.transaction.insert("Attendance", draft);
  return draft;
}
