import { numberOf, textOf } from "../data/value.ts";
import { secondsBetween } from "../time/naive-time.ts";

import { full, granting, reading } from "./grants.ts";
import { field } from "./meta.ts";
import type { DocType } from "./meta.ts";

/** Leave Type: its name is its id (`frappe-hr.md` §8). */
export const LEAVE_TYPE: DocType = {
  name: "Leave Type",
  slug: "leave-type",
  app: "hrms",
  fields: [
    field("leave_type_name", "Data", "Leave Type Name", { required: true }),
    field("max_leaves_allowed", "Float", "Maximum Leave Allocation Allowed"),
    field("is_carry_forward", "Check", "Is Carry Forward"),
    field("is_lwp", "Check", "Is Leave Without Pay"),
    field("is_ppl", "Check", "Is Partially Paid Leave"),
    field("fraction_of_daily_salary_per_leave", "Float", "Fraction of Daily Salary per Leave"),
    field("is_compensatory", "Check", "Is Compensatory"),
    field("is_earned_leave", "Check", "Is Earned Leave"),
    field("include_holiday", "Check", "Include Holidays Within Leaves"),
  ],
  grants: [...full("HR Manager", "HR User"), ...reading("Employee")],
  autoname: (doc) => textOf(doc["leave_type_name"]),
};

/** Leave Application: counts only when submitted and approved. Employee.status never changes through it. */
export const LEAVE_APPLICATION: DocType = {
  name: "Leave Application",
  slug: "leave-application",
  app: "hrms",
  fields: [
    field("naming_series", "Select", "Series", { default: "HR-LAP-.YYYY.-", options: "HR-LAP-.YYYY.-" }),
    field("employee", "Link", "Employee", { options: "Employee", required: true }),
    field("employee_name", "Data", "Employee Name", { fetchFrom: "employee.employee_name" }),
    field("leave_type", "Link", "Leave Type", { options: "Leave Type", required: true }),
    field("from_date", "Date", "From Date", { required: true }),
    field("to_date", "Date", "To Date", { required: true }),
    field("half_day", "Check", "Half Day"),
    field("half_day_date", "Date", "Half Day Date"),
    field("total_leave_days", "Float", "Total Leave Days"),
    field("status", "Select", "Status", {
      options: "Open\nApproved\nRejected\nCancelled",
      default: "Open",
      required: true,
    }),
  ],
  grants: [...full("HR Manager", "HR User"), ...granting(["read", "write", "create"], "Employee")],
  titleField: "employee_name",
  submittable: true,
  autoname(_doc, call) {
    const prefix = `HR-LAP-${call.site.clock.today().slice(0, 4)}-`;
    return prefix + String(call.transaction.nextNumber(prefix)).padStart(5, "0");
  },
  validate(doc) {
    const days =
      secondsBetween(`${textOf(doc["from_date"])} 00:00:00`, `${textOf(doc["to_date"])} 00:00:00`) / 86_400 + 1;
    doc["total_leave_days"] = days - (numberOf(doc["half_day"]) === 1 ? 0.5 : 0);
  },
};
