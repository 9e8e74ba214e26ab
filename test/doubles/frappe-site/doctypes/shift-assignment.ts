import { full, reading } from "./grants.ts";
import { field } from "./meta.ts";
import type { DocType } from "./meta.ts";

export const SHIFT_ASSIGNMENT: DocType = {
  name: "Shift Assignment",
  slug: "shift-assignment",
  submittable: true,
  app: "hrms",
  fields: [
    field("employee", "Link", "Employee", { options: "Employee", required: true }),
    field("employee_name", "Data", "Employee Name", { fetchFrom: "employee.employee_name" }),
    field("shift_type", "Link", "Shift Type", { options: "Shift Type", required: true }),
    field("shift_location", "Link", "Shift Location", { options: "Shift Location", since: "15.22.0" }),
    field("status", "Select", "Status", { options: "Active\nInactive", default: "Active" }),
    field("start_date", "Date", "Start Date", { required: true }),
    field("end_date", "Date", "End Date"),
  ],
  grants: [...full("HR Manager", "HR User"), ...reading("Employee")],
  autoname(_doc, call) {
    const prefix = `HR-SHA-${call.site.clock.today().slice(2, 4)}-${call.site.clock.today().slice(5, 7)}-`;
    return prefix + String(call.transaction.nextNumber(prefix)).padStart(5, "0");
  },
};

export const SHIFT_LOCATION: DocType = {
  name: "Shift Location",
  slug: "shift-location",
  app: "hrms",
  fields: [
    field("location_name", "Data", "Location Name", { required: true }),
    field("checkin_radius", "Int", "Check-in Radius"),
    field("latitude", "Float", "Latitude"),
    field("longitude", "Float", "Longitude"),
  ],
  grants: [...full("HR Manager", "HR User")],
};
