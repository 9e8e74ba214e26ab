import { doctypeByName } from "../desk-state.ts";

/** A column after the subject. */
export interface Column {
  readonly field: string;
  readonly label: string;
}

interface ListLayout {
  readonly columns: readonly string[];
  readonly filters: readonly string[];
}

const LAYOUTS: Readonly<Record<string, ListLayout>> = {
  Employee: { columns: ["status", "designation", "name"], filters: ["name", "employee_name", "department"] },
  "Employee Checkin": { columns: ["log_type", "time", "device_id", "name"], filters: ["name", "employee", "log_type"] },
  "Shift Type": { columns: ["start_time", "end_time"], filters: ["name"] },
  Attendance: { columns: ["status", "attendance_date", "shift", "name"], filters: ["name", "employee", "status"] },
};

const COLOURS: Readonly<Record<string, string>> = {
  Active: "green",
  Present: "green",
  Inactive: "red",
  Absent: "red",
  Suspended: "orange",
  "Half Day": "orange",
  "On Leave": "yellow",
  Left: "gray",
};

export function columnsOf(doctype: string): Column[] {
  return (LAYOUTS[doctype]?.columns ?? ["name"]).map((field) => ({ field, label: labelOf(doctype, field) }));
}

export function standardFiltersOf(doctype: string): readonly string[] {
  return LAYOUTS[doctype]?.filters ?? ["name"];
}

export function subjectOf(doctype: string): string {
  return doctypeByName(doctype)?.titleField ?? "name";
}

export function labelOf(doctype: string, field: string): string {
  if (field === "name") return "ID";
  return doctypeByName(doctype)?.fields.find((one) => one.name === field)?.label ?? field;
}

/** Everything a list asks the site for. */
export function fieldsToLoad(doctype: string): string[] {
  const known = new Set(doctypeByName(doctype)?.fields.map((one) => one.name));
  const extra = ["status", "branch", "department", "designation", "image", "offshift"].filter((field) =>
    known.has(field),
  );
  return [
    ...new Set(["name", subjectOf(doctype), ...columnsOf(doctype).map((one) => one.field), ...extra, "modified"]),
  ];
}

export function colourOf(value: string): string {
  return COLOURS[value] ?? "blue";
}
