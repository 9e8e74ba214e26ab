import type { Doc, DocValues } from "./data/value.ts";
import { defaultsOf, toColumns } from "./documents/columns.ts";
import type { SiteContext } from "./site-context.ts";
import type { SiteOptions, SiteUser } from "./site-options.ts";

const ABBREVIATION = "TD";
const LEAVE_TYPES: readonly (readonly [string, number])[] = [
  ["Casual Leave", 0],
  ["Compensatory Off", 0],
  ["Sick Leave", 0],
  ["Privilege Leave", 0],
  ["Leave Without Pay", 1],
  // There is no maternity leave in the product: a site makes its own (`frappe-hr.md` §8).
  ["Nghỉ thai sản", 0],
];

/** Fills an empty site with what an installation brings and what the options ask for. */
export function seed(site: SiteContext, options: SiteOptions): void {
  const put = (doctype: string, values: DocValues & { name: string }): Doc => putRecord(site, doctype, values);
  put("Company", { name: site.company, company_name: site.company, abbr: ABBREVIATION, country: "Vietnam" });
  for (const gender of ["Male", "Female", "Other"]) put("Gender", { name: gender, gender });
  for (const branch of ["Hà Nội", "TP. Hồ Chí Minh"]) put("Branch", { name: branch, branch });
  for (const department of options.departments ?? ["Sản xuất", "Kế toán"])
    put("Department", { name: `${department} - ${ABBREVIATION}`, department_name: department, company: site.company });
  put("System Settings", { name: "System Settings", time_zone: site.zone, language: "en" });
  for (const [name, isLwp] of LEAVE_TYPES) put("Leave Type", { name, leave_type_name: name, is_lwp: isLwp });
  for (const shift of options.shiftTypes ?? [])
    put("Shift Type", { start_time: "8:00:00", end_time: "17:00:00", ...shift, name: nameIn(shift) });
  for (const user of [ADMINISTRATOR, ...(options.users ?? DEFAULT_USERS)]) putUser(site, user);
  for (const employee of options.employees ?? []) putEmployee(site, employee);
}

const ADMINISTRATOR: SiteUser = {
  name: "Administrator",
  fullName: "Administrator",
  password: "admin",
  roles: ["System Manager"],
};

const DEFAULT_USERS: readonly SiteUser[] = [
  {
    name: "hr@example.com",
    fullName: "Nhân Sự",
    password: "hr-password",
    roles: ["HR Manager", "HR User"],
    apiKey: "hr-key",
    apiSecret: "hr-secret",
    language: "en",
  },
];

/** Stores a record as if it had always been there: no checks, given values over the DocType's defaults. */
export function putRecord(site: SiteContext, doctype: string, values: DocValues & { readonly name: string }): Doc {
  const meta = site.doctypes.find(doctype);
  const now = site.clock.now();
  const standard = {
    owner: "Administrator",
    creation: now,
    modified: now,
    modified_by: "Administrator",
    docstatus: 0,
    idx: 0,
  };
  const record: Doc = { name: values.name, ...standard, ...(meta === undefined ? {} : defaultsOf(meta, () => now)) };
  for (const [field, value] of Object.entries(values)) if (value !== undefined) record[field] = value;
  return site.data.put(doctype, meta === undefined ? record : toColumns(meta, record));
}

export function putUser(site: SiteContext, user: SiteUser): void {
  putRecord(site, "User", {
    name: user.name,
    email: user.name,
    first_name: user.fullName ?? user.name,
    full_name: user.fullName ?? user.name,
    language: user.language ?? "en",
    desk_theme: user.theme ?? "light",
    enabled: user.enabled === false ? 0 : 1,
    desk_user: user.deskUser === false ? 0 : 1,
    api_key: user.apiKey ?? null,
  });
  if (user.password !== undefined) site.data.passwords.set(user.name, user.password);
  if (user.apiSecret !== undefined) site.data.secrets.set(user.name, user.apiSecret);
  user.roles.forEach((role, at) => {
    putRecord(site, "Has Role", {
      name: `${user.name}-role-${at}`,
      role,
      parent: user.name,
      parenttype: "User",
      parentfield: "roles",
      idx: at + 1,
    });
    if (site.data.get("Role", role) === undefined) putRecord(site, "Role", { name: role, role_name: role });
  });
}

/** An Employee; what is not given is filled in. The id continues the series unless one is given. */
export function putEmployee(site: SiteContext, values: DocValues): Doc {
  const number = (site.data.series.get("HR-EMP-") ?? 0) + 1;
  const given = typeof values["name"] === "string" ? values["name"] : null;
  if (given === null) site.data.series.set("HR-EMP-", number);
  const name = given ?? `HR-EMP-${String(number).padStart(5, "0")}`;
  const filled: DocValues = {
    first_name: name,
    gender: "Male",
    date_of_birth: "1990-01-15",
    date_of_joining: "2024-01-01",
    company: site.company,
    ...values,
  };
  for (const [doctype, link] of Object.entries({
    Designation: "designation",
    Branch: "branch",
    Department: "department",
  })) {
    const wanted = filled[link];
    if (typeof wanted === "string" && site.data.get(doctype, wanted) === undefined)
      putRecord(site, doctype, { name: wanted });
  }
  const full = ["first_name", "middle_name", "last_name"]
    .map((part) => filled[part])
    .map((part) => (typeof part === "string" ? part : ""))
    .filter((part) => part !== "");
  return putRecord(site, "Employee", { ...filled, name, employee: name, employee_name: full.join(" ") });
}

function nameIn(values: DocValues): string {
  const { name } = values;
  if (typeof name !== "string") throw new Error("a Shift Type needs a name");
  return name;
}
