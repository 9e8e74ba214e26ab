import type { StartOptions } from "../../../doubles/frappe-site/site.ts";
import { FrappeSite } from "../../../doubles/frappe-site/site.ts";

import { SiteClient } from "./site-client.ts";

export const HR = { user: "hr@example.com", password: "hr-password", apiKey: "hr-key", apiSecret: "hr-secret" };
const ADMIN = { user: "admin@example.com", password: "admin-password", apiKey: "admin-key", apiSecret: "admin-secret" };
const DEVICE = { user: "device@example.com", apiKey: "device-key", apiSecret: "device-secret" };

export interface TestSite {
  readonly site: FrappeSite;
  /** HR Manager and HR User, by token. */
  readonly hr: SiteClient;
  /** System Manager, by token. */
  readonly admin: SiteClient;
  /** A role with create and read on Employee Checkin and without level-1 write, by token. */
  readonly device: SiteClient;
  readonly guest: SiteClient;
}

/** A double with three users and one day shift, "Ca Hành Chính" 8–17 with an hour before and after. */
export async function startTestSite(options: StartOptions = {}): Promise<TestSite> {
  const site = await FrappeSite.start({
    shiftTypes: [{ name: "Ca Hành Chính", start_time: "8:00:00", end_time: "17:00:00" }],
    users: [
      { name: HR.user, fullName: "Nhân Sự", password: HR.password, roles: ["HR Manager", "HR User"], ...keys(HR) },
      { name: ADMIN.user, password: ADMIN.password, roles: ["System Manager"], ...keys(ADMIN) },
      { name: DEVICE.user, roles: ["Attendance Device"], ...keys(DEVICE) },
    ],
    grants: {
      "Employee Checkin": [{ role: "Attendance Device", level: 0, rights: ["read", "create"] }],
      Employee: [{ role: "Attendance Device", level: 0, rights: ["read"] }],
    },
    ...options,
  });
  return {
    site,
    hr: SiteClient.withToken(site.origin, HR.apiKey, HR.apiSecret),
    admin: SiteClient.withToken(site.origin, ADMIN.apiKey, ADMIN.apiSecret),
    device: SiteClient.withToken(site.origin, DEVICE.apiKey, DEVICE.apiSecret),
    guest: new SiteClient(site.origin),
  };
}

function keys(user: { apiKey: string; apiSecret: string }): { apiKey: string; apiSecret: string } {
  return { apiKey: user.apiKey, apiSecret: user.apiSecret };
}

export const CHECKIN = "/api/resource/Employee Checkin";
export const EMPLOYEE = "/api/resource/Employee";
export const INSERT_MANY = "/api/method/frappe.client.insert_many";
export const ADD_LOG = "/api/method/hrms.hr.doctype.employee_checkin.employee_checkin.add_log_based_on_employee_field";
