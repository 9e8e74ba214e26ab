import { fold } from "../data/collation.ts";
import { isBlank, textOf } from "../data/value.ts";
import type { Doc } from "../data/value.ts";
import type { DocumentCall } from "../documents/call.ts";
import { refuse } from "../rest/frappe-error.ts";
import { sentence } from "../rest/texts.ts";
import { parseTime } from "../time/naive-time.ts";

import { EMPLOYEE_FIELDS } from "./employee-fields.ts";
import { full, reading } from "./grants.ts";
import type { DocType } from "./meta.ts";

const STATUSES = new Set(["Active", "Inactive", "Suspended", "Left"]);

/** ERPNext's Employee with the rules of HRMS (`frappe-hr.md` §1, §14.8). */
export const EMPLOYEE: DocType = {
  name: "Employee",
  slug: "employee",
  app: "erpnext",
  fields: EMPLOYEE_FIELDS,
  grants: [...full("HR User", "HR Manager"), ...reading("Employee")],
  titleField: "employee_name",
  childTables: ["internal_work_history", "education", "external_work_history"],
  autoname: (_doc, call) => `HR-EMP-${String(call.transaction.nextNumber("HR-EMP-")).padStart(5, "0")}`,
  validate: validateEmployee,
  mayRead: (doc, call) => seesEmployee(doc.name, call),
};

function validateEmployee(doc: Doc, call: DocumentCall): void {
  const { language } = call.caller;
  if (!STATUSES.has(textOf(doc["status"]))) throw refuse(sentence(language, "statusChoice"), { source: "erpnext" });
  doc["employee"] = doc.name;
  doc["employee_name"] = ["first_name", "middle_name", "last_name"]
    .map((part) => textOf(doc[part]))
    .filter((part) => part !== "")
    .join(" ");
  checkDates(doc, call);
  if (doc["status"] === "Left") {
    refuseWhileReportedTo(doc, call);
    if (isBlank(doc["relieving_date"])) throw refuse(sentence(language, "relievingDate"), { source: "erpnext" });
  }
  refuseSecondActiveOfUser(doc, call);
}

function checkDates(doc: Doc, call: DocumentCall): void {
  const { language } = call.caller;
  for (const name of ["date_of_birth", "date_of_joining", "relieving_date"]) {
    const given = textOf(doc[name]);
    if (given === "") continue;
    const parsed = parseTime(given);
    if (parsed.kind !== "time")
      throw refuse(sentence(language, "invalidDate", given), { source: "erpnext", title: "Invalid Date" });
    doc[name] = parsed.text.slice(0, 10);
  }
  const birth = textOf(doc["date_of_birth"]);
  const joining = textOf(doc["date_of_joining"]);
  if (birth !== "" && joining !== "" && joining <= birth)
    throw refuse(sentence(language, "joiningAfterBirth"), { type: "InvalidDates", source: "erpnext" });
}

function refuseWhileReportedTo(doc: Doc, call: DocumentCall): void {
  for (const row of call.site.data.table("Employee").rows(call.transaction.id)) {
    if (row.doc["status"] === "Active" && fold(textOf(row.doc["reports_to"])) === fold(doc.name))
      throw refuse(sentence(call.caller.language, "reportsTo", textOf(doc["employee_name"])), {
        type: "EmployeeLeftValidationError",
        module: "erpnext.setup.doctype.employee.employee.",
        source: "erpnext",
      });
  }
}

function refuseSecondActiveOfUser(doc: Doc, call: DocumentCall): void {
  const user = textOf(doc["user_id"]);
  if (user === "" || doc["status"] !== "Active") return;
  for (const other of call.transaction.lookUp("Employee", "user_id", user)) {
    if (other.name !== doc.name && other["status"] === "Active")
      throw refuse(`User ${user} is already assigned to Employee ${other.name}`, {
        status: 409,
        type: "DuplicateEntryError",
        source: "erpnext",
      });
  }
}

/**
 * Whether the caller may see records of this employee. A user whose only staff role is Employee and who is linked to an
 * Employee has a User Permission on that one; all others see everybody.
 */
export function seesEmployee(employee: string, call: DocumentCall): boolean {
  const { roles, user } = call.caller;
  if (roles.has("HR User") || roles.has("HR Manager") || !roles.has("Employee")) return true;
  const own = [...call.transaction.lookUp("Employee", "user_id", user)];
  return own.length === 0 || own.some((one) => fold(one.name) === fold(employee));
}
