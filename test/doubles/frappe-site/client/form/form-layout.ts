/** One tab of a form and the sections below it; `tab: null` = the form has no tabs. */
export interface FormTab {
  readonly tab: string | null;
  readonly label: string;
  readonly sections: readonly FormSection[];
}

export interface FormSection {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly (readonly string[])[];
}

const section = (name: string, title: string, ...columns: readonly (readonly string[])[]): FormSection => ({
  name,
  title,
  columns,
});

/** The nine tabs of an Employee in their order (`frappe-hr.md` §11.6); sections without a name of their own count positions. */
const EMPLOYEE: readonly FormTab[] = [
  {
    tab: "basic_details_tab",
    label: "Overview",
    sections: [
      section(
        "basic_information",
        "",
        ["first_name", "middle_name", "last_name", "employee_name"],
        ["gender", "date_of_birth", "salutation"],
        ["date_of_joining", "status"],
      ),
      section("erpnext_user", "User Details", ["user_id"]),
      section(
        "company_details_section",
        "Company Details",
        ["company", "department"],
        ["employee_number", "designation"],
        ["reports_to", "branch"],
      ),
    ],
  },
  {
    tab: "employment_details",
    label: "Joining",
    sections: [
      section(
        "__section_6",
        "",
        ["job_applicant", "scheduled_confirmation_date"],
        ["final_confirmation_date", "contract_end_date"],
        ["notice_number_of_days", "date_of_retirement"],
      ),
    ],
  },
  {
    tab: "contact_details",
    label: "Address & Contacts",
    sections: [
      section("__section_7", "", ["cell_number"], ["personal_email"], ["company_email", "prefered_contact_email"]),
    ],
  },
  {
    tab: "attendance_and_leave_details",
    label: "Attendance & Leaves",
    sections: [
      section("__section_10", "", ["attendance_device_id"], ["holiday_list", "default_shift"]),
      section("approvers_section", "Approvers", ["expense_approver"], ["leave_approver"], ["shift_request_approver"]),
    ],
  },
  {
    tab: "salary_information",
    label: "Salary",
    sections: [section("__section_12", "", ["ctc"], ["salary_mode", "payroll_cost_center"])],
  },
  { tab: "personal_details", label: "Personal Details", sections: [section("__section_14", "", ["marital_status"])] },
  { tab: "profile_tab", label: "Profile", sections: [] },
  {
    tab: "exit",
    label: "Employee Exit",
    sections: [section("__section_21", "", ["resignation_letter_date"], ["relieving_date"], ["leave_encashed"])],
  },
  { tab: "connections_tab", label: "Connections", sections: [] },
];

const SHIFT_TYPE: readonly FormTab[] = [
  {
    tab: null,
    label: "",
    sections: [
      section("__section_1", "", ["start_time", "end_time"], ["holiday_list", "color", "enable_auto_attendance"]),
      section(
        "auto_attendance_settings_section",
        "Auto Attendance Settings",
        [
          "determine_check_in_and_check_out",
          "working_hours_calculation_based_on",
          "begin_check_in_before_shift_start_time",
          "allow_check_out_after_shift_end_time",
        ],
        ["process_attendance_after", "last_sync_of_checkin", "auto_update_last_sync"],
      ),
      section(
        "grace_period_settings_section",
        "Late Entry & Early Exit",
        ["enable_late_entry_marking", "late_entry_grace_period"],
        ["enable_early_exit_marking", "early_exit_grace_period"],
      ),
    ],
  },
];

export function layoutOf(doctype: string, fields: readonly string[]): readonly FormTab[] {
  if (doctype === "Employee") return EMPLOYEE;
  if (doctype === "Shift Type") return SHIFT_TYPE;
  return [{ tab: null, label: "", sections: [section("__section_1", "", fields)] }];
}
