import { field, fields } from "./meta.ts";
import type { Field } from "./meta.ts";

const STATUS = "Active\nInactive\nSuspended\nLeft";

/** Columns of Employee, ERPNext's and the custom ones of HRMS, in the order the original prints them. */
export const EMPLOYEE_FIELDS: readonly Field[] = [
  field("employee", "Data", "Employee"),
  field("naming_series", "Select", "Series", { default: "HR-EMP-", options: "HR-EMP-" }),
  field("first_name", "Data", "First Name", { required: true }),
  ...fields("Data", "middle_name", "last_name"),
  field("employee_name", "Data", "Full Name", { readOnly: true }),
  field("gender", "Link", "Gender", { options: "Gender", required: true }),
  field("date_of_birth", "Date", "Date of Birth", { required: true }),
  field("salutation", "Data", "Salutation"),
  field("date_of_joining", "Date", "Date of Joining", { required: true }),
  field("image", "Attach Image", "Image"),
  field("status", "Select", "Status", { options: STATUS, default: "Active", required: true }),
  field("user_id", "Data", "User ID"),
  field("create_user_permission", "Check", "Create User Permission", { default: 1 }),
  field("company", "Link", "Company", { options: "Company", required: true }),
  // Employee.department has a field fetched from it in HRMS, so v14 and v15 do not check the link (`frappe-hr.md` §2.3).
  field("department", "Link", "Department", { options: "Department" }),
  ...fields("Data", "employment_type", "employee_number"),
  field("designation", "Link", "Designation", { options: "Designation" }),
  field("reports_to", "Link", "Reports to", { options: "Employee" }),
  field("branch", "Link", "Branch", { options: "Branch" }),
  ...fields("Data", "grade", "job_applicant"),
  ...fields("Date", "scheduled_confirmation_date", "final_confirmation_date", "contract_end_date"),
  ...fields("Int", "notice_number_of_days"),
  field("date_of_retirement", "Date", "Date Of Retirement"),
  ...fields("Data", "cell_number", "personal_email", "company_email"),
  field("prefered_contact_email", "Select", "Preferred Contact Email", {
    options: "\nCompany Email\nPersonal Email\nUser ID",
  }),
  field("prefered_email", "Data", "Preferred Email"),
  field("unsubscribed", "Check", "Unsubscribed"),
  field("attendance_device_id", "Data", "Attendance Device ID (Biometric/RF tag ID)", { unique: true }),
  field("holiday_list", "Link", "Holiday List", { options: "Holiday List" }),
  field("default_shift", "Link", "Default Shift", { options: "Shift Type" }),
  ...fields("Data", "expense_approver", "leave_approver", "shift_request_approver"),
  ...fields("Float", "ctc"),
  field("salary_mode", "Select", "Salary Mode", { options: "\nBank\nCash\nCheque" }),
  field("payroll_cost_center", "Data", "Payroll Cost Center"),
  field("marital_status", "Select", "Marital Status", { options: "\nSingle\nMarried\nDivorced\nWidowed" }),
  ...fields("Date", "resignation_letter_date", "relieving_date"),
  field("leave_encashed", "Select", "Leave Encashed?", { options: "\nYes\nNo" }),
];
