import { expect, it } from "@jest/globals";

import { DEMO_USER, startDemoSite } from "../../doubles/frappe-site/demo.ts";

import { SiteClient } from "./support/site-client.ts";

it("the demo site has forty people with badges, departments, shifts and a token that works", async () => {
  const site = await startDemoSite();
  const client = SiteClient.withToken(site.origin, DEMO_USER.apiKey, DEMO_USER.apiSecret);
  const fields = ["employee_name", "attendance_device_id", "department", "default_shift"];
  const { body } = await client.get("/api/resource/Employee", { fields, limit_page_length: "0" });
  const people = body["data"] as Record<string, string>[];
  expect(people).toHaveLength(40);
  expect(new Set(people.map((person) => person["attendance_device_id"])).size).toBe(40);
  expect(new Set(people.map((person) => person["employee_name"])).size).toBeGreaterThan(35);
  expect(people.every((person) => site.data.get("Department", person["department"] ?? "") !== undefined)).toBe(true);
  expect(people.every((person) => site.data.get("Shift Type", person["default_shift"] ?? "") !== undefined)).toBe(true);
  await site.stop();
});
