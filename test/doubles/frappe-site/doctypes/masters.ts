import { textOf } from "../data/value.ts";

import { full, reading } from "./grants.ts";
import { field, fields, slugOf } from "./meta.ts";
import type { DocType, Field } from "./meta.ts";

/** Small lists that Employees link to: the name field is the id. */
function master(name: string, nameField: string, app: DocType["app"], extra: readonly Field[] = []): DocType {
  return {
    name,
    slug: slugOf(name),
    app,
    fields: [field(nameField, "Data", name, { required: true }), ...extra],
    grants: [...full("HR Manager", "HR User", "System Manager"), ...reading("Employee")],
    autoname: (doc) => textOf(doc[nameField]),
  };
}

export const MASTERS: readonly DocType[] = [
  {
    ...master("Company", "company_name", "erpnext", fields("Data", "abbr", "country", "default_holiday_list")),
    // Measured: an HR user without the role Employee cannot read the company.
    grants: [...full("System Manager"), ...reading("Employee")],
  },
  {
    ...master("Department", "department_name", "erpnext", [
      field("parent_department", "Data", "Parent Department"),
      field("company", "Link", "Company", { options: "Company" }),
      ...fields("Check", "is_group", "disabled"),
    ]),
    autoname(doc, call) {
      const company = call.transaction.find("Company", textOf(doc["company"]));
      return `${textOf(doc["department_name"])} - ${textOf(company?.["abbr"])}`;
    },
  },
  master("Branch", "branch", "erpnext"),
  master("Designation", "designation_name", "erpnext"),
  {
    ...master("Gender", "gender", "frappe"),
    grants: [...full("System Manager"), ...reading("HR Manager", "HR User", "All")],
  },
  {
    ...master("Holiday List", "holiday_list_name", "erpnext", fields("Date", "from_date", "to_date")),
    childTables: ["holidays"],
  },
];
