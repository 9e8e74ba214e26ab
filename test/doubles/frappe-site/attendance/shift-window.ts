import type { Transaction } from "../data/transaction.ts";
import { numberOf, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import { addDays, addMinutes, atTimeOfDay, dayOf } from "../time/naive-time.ts";

/** One day's turn of a shift, with the real window in which logs count for it. */
export interface ShiftWindow {
  readonly shift: Doc;
  readonly start: string;
  readonly end: string;
  readonly actualStart: string;
  readonly actualEnd: string;
}

/** The turn of `shift` that starts on `day`. A shift whose end is not after its start ends on the next day. */
export function windowOn(shift: Doc, day: string): ShiftWindow {
  const start = atTimeOfDay(day, textOf(shift["start_time"]));
  const sameDayEnd = atTimeOfDay(day, textOf(shift["end_time"]));
  const end = sameDayEnd > start ? sameDayEnd : atTimeOfDay(addDays(day, 1), textOf(shift["end_time"]));
  return {
    shift,
    start,
    end,
    actualStart: addMinutes(start, -numberOf(shift["begin_check_in_before_shift_start_time"])),
    actualEnd: addMinutes(end, numberOf(shift["allow_check_out_after_shift_end_time"])),
  };
}

/** The turn of the employee's shift whose real window contains `time`: by Shift Assignment, then by default shift. */
export function findShift(transaction: Transaction, employee: Doc, time: string): ShiftWindow | null {
  const moment = time.slice(0, 19);
  // A night shift that began yesterday, and a shift of tomorrow that may be entered before midnight, contain times of today.
  for (const day of [addDays(dayOf(time), -1), dayOf(time), addDays(dayOf(time), 1)]) {
    for (const name of shiftsOn(transaction, employee, day)) {
      const shift = transaction.find("Shift Type", name);
      if (shift === undefined) continue;
      const window = windowOn(shift, day);
      if (window.actualStart <= moment && moment <= window.actualEnd) return window;
    }
  }
  return null;
}

export function assignmentsOn(transaction: Transaction, employee: string, day: string): Doc[] {
  return [...transaction.lookUp("Shift Assignment", "employee", employee)].filter((assignment) => {
    const end = textOf(assignment["end_date"]);
    const open = numberOf(assignment["docstatus"]) === 1 && assignment["status"] === "Active";
    return open && textOf(assignment["start_date"]) <= day && (end === "" || day <= end);
  });
}

function shiftsOn(transaction: Transaction, employee: Doc, day: string): string[] {
  const assigned = assignmentsOn(transaction, employee.name, day).map((one) => textOf(one["shift_type"]));
  if (assigned.length > 0) return assigned;
  const fallback = textOf(employee["default_shift"]);
  return fallback === "" ? [] : [fallback];
}
