import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import type { Reply } from "./support/site-client.ts";
import { CHECKIN, EMPLOYEE, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let at: TestSite;

beforeEach(async () => {
  at = await startTestSite({
    employees: [
      { first_name: "An", attendance_device_id: "101", user_id: "an@example.com" },
      { first_name: "Bình", attendance_device_id: "ab" },
    ],
  });
});

afterEach(() => at.site.stop());

const AN = `${EMPLOYEE}/HR-EMP-00001`;
const BINH = `${EMPLOYEE}/HR-EMP-00002`;
const dataOf = (reply: Reply): Record<string, unknown> => reply.body["data"] as Record<string, unknown>;

describe("a badge", () => {
  it.each([
    ["101", "the same"],
    ["101 ", "with a trailing blank"],
  ])("%j clashes with 101: %s; the answer does not name the holder", async (badge) => {
    const reply = await at.hr.put(BINH, { attendance_device_id: badge });
    expect([reply.status, reply.excType, reply.messages]).toEqual([
      417,
      "UniqueValidationError",
      ["Attendance Device ID (Biometric/RF tag ID) must be unique"],
    ]);
    expect(reply.body["exception"]).toBe(
      "frappe.exceptions.UniqueValidationError: ('Employee', 'HR-EMP-00002', IntegrityError(1062, " +
        `"Duplicate entry '${badge}' for key 'attendance_device_id'"))`,
    );
  });

  it("clashes whatever its case", async () => {
    expect((await at.hr.put(AN, { attendance_device_id: "AB" })).status).toBe(417);
  });

  it("with a leading blank is another one, and kept untrimmed", async () => {
    expect(dataOf(await at.hr.put(BINH, { attendance_device_id: " 101 " }))["attendance_device_id"]).toBe(" 101 ");
  });

  it("that is blank is NULL, for as many as want", async () => {
    await at.hr.put(AN, { attendance_device_id: "" });
    expect((await at.hr.put(BINH, { attendance_device_id: "" })).status).toBe(200);
    expect(at.site.data.rows("Employee").map((row) => row["attendance_device_id"])).toEqual([null, null]);
  });
});

describe("an employee", () => {
  it("gets its full name anew at every save", async () => {
    expect(dataOf(await at.hr.put(AN, { last_name: "Nguyễn", employee_name: "X" }))["employee_name"]).toBe("An Nguyễn");
  });

  it("cannot be Left without a relieving date", async () => {
    expect((await at.hr.put(AN, { status: "Left" })).messages).toEqual(["Please enter relieving date."]);
    expect((await at.hr.put(AN, { status: "Left", relieving_date: "2026-01-01" })).status).toBe(200);
  });

  it("cannot be Left while somebody reports to it", async () => {
    await at.hr.put(BINH, { reports_to: "HR-EMP-00001" });
    expect((await at.hr.put(AN, { status: "Left", relieving_date: "2026-01-01" })).status).toBe(417);
  });

  it("needs its required fields, one message each", async () => {
    const reply = await at.hr.post(EMPLOYEE, { first_name: "Châu" });
    expect(reply.messages).toEqual([
      "Error: Value missing for Employee: Gender",
      "Error: Value missing for Employee: Date of Birth",
      "Error: Value missing for Employee: Date of Joining",
    ]);
    expect(reply.body["exception"]).toBe(
      "frappe.exceptions.MandatoryError: [Employee, HR-EMP-00003]: gender, date_of_birth, date_of_joining",
    );
  });

  it("may have a department that does not exist up to version 15", async () => {
    expect((await at.hr.put(AN, { department: "NOPE" })).status).toBe(200);
    expect((await at.hr.put(AN, { gender: "NOPE" })).messages).toEqual(["Could not find Gender: NOPE"]);
  });

  it("ignores fields that do not exist and columns that are not for writing", async () => {
    const reply = await at.hr.put(AN, { nope: 1, owner: "x", creation: "2000-01-01 00:00:00" });
    expect(dataOf(reply)["owner"]).toBe("Administrator");
    expect(dataOf(reply)).not.toHaveProperty("nope");
  });

  it("is only seen by itself when the only role is Employee", async () => {
    at.site.addUser({ name: "an@example.com", roles: ["Employee"], apiKey: "a", apiSecret: "s" });
    const an = at.guest.with({ Authorization: "token a:s" });
    expect((await an.get(EMPLOYEE)).body["data"]).toEqual([{ name: "HR-EMP-00001" }]);
    expect((await an.get(AN)).status).toBe(200);
    expect((await an.get(BINH)).status).toBe(403);
  });

  it("sees only its own logs then, and changes no others", async () => {
    at.site.addUser({ name: "an@example.com", roles: ["Employee"], apiKey: "a", apiSecret: "s" });
    const an = at.guest.with({ Authorization: "token a:s" });
    const time = "2020-01-06 08:00:00";
    const own = dataOf(await at.hr.post(CHECKIN, { employee: "HR-EMP-00001", time }));
    const other = dataOf(await at.hr.post(CHECKIN, { employee: "HR-EMP-00002", time }));
    expect((await an.get(CHECKIN)).body["data"]).toEqual([{ name: own["name"] }]);
    expect((await an.put(`${CHECKIN}/${String(other["name"])}`, { device_id: "X" })).status).toBe(403);
  });

  it("keeps its logs when it is renamed", async () => {
    await at.hr.post(CHECKIN, { employee: "HR-EMP-00001", time: "2020-01-06 08:00:00" });
    const body = { doctype: "Employee", old_name: "HR-EMP-00001", new_name: "An / Nguyễn" };
    expect((await at.hr.post("/api/method/frappe.client.rename_doc", body)).body["message"]).toBe("An / Nguyễn");
    expect(at.site.data.rows("Employee Checkin")[0]?.["employee"]).toBe("An / Nguyễn");
    expect((await at.hr.get(AN)).status).toBe(404);
    const renamed = await at.hr.get(`${EMPLOYEE}/${encodeURIComponent("An / Nguyễn")}`);
    expect(dataOf(renamed)["employee"]).toBe("An / Nguyễn");
  });

  it("cannot be deleted while a log links to it", async () => {
    await at.hr.post(CHECKIN, { employee: "HR-EMP-00001", time: "2020-01-06 08:00:00" });
    const reply = await at.hr.delete(AN);
    expect([reply.status, reply.excType]).toEqual([417, "LinkExistsError"]);
  });

  it("gives its number back when it was the last one", async () => {
    await at.hr.delete(BINH);
    const reply = await at.hr.post(EMPLOYEE, {
      first_name: "Châu",
      gender: "Female",
      date_of_birth: "1990-01-01",
      date_of_joining: "2024-01-01",
    });
    expect(dataOf(reply)["name"]).toBe("HR-EMP-00002");
  });
});

describe("optimistic locking", () => {
  it("changes modified, with microseconds, at every write", async () => {
    const first = String(dataOf(await at.hr.put(AN, { branch: "Hà Nội" }))["modified"]);
    const second = String(dataOf(await at.hr.put(AN, { branch: "Hà Nội" }))["modified"]);
    expect(first).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(second > first).toBe(true);
  });

  it("takes the modified of the last read", async () => {
    const { modified } = dataOf(await at.hr.get(AN));
    expect((await at.hr.put(AN, { employee_number: "7", modified })).status).toBe(200);
  });

  it("refuses an older one and changes nothing", async () => {
    const { modified } = dataOf(await at.hr.get(AN));
    await at.hr.put(AN, { employee_number: "7" });
    const reply = await at.hr.put(AN, { employee_number: "8", modified });
    expect([reply.status, reply.excType]).toEqual([417, "TimestampMismatchError"]);
    expect(reply.messages[0]).toMatch(/^Error: Document has been modified after you have opened it \(/);
    expect(at.site.data.get("Employee", "HR-EMP-00001")?.["employee_number"]).toBe("7");
  });

  it("names the record in version 16", async () => {
    const { site, hr } = await startTestSite({ profile: 16, employees: [{}] });
    const reply = await hr.put(AN, { employee_number: "8", modified: "2020-01-01 00:00:00.000000" });
    expect(reply.messages[0]).toMatch(/^Error: HR-EMP-00001 \(Employee\) has been modified after/);
    await site.stop();
  });
});

describe("a single record", () => {
  it("leaves NULL fields out through the resource address and shows them through frappe.client.get", async () => {
    expect(dataOf(await at.hr.get(AN))).not.toHaveProperty("image");
    const reply = await at.hr.get("/api/method/frappe.client.get", { doctype: "Employee", name: "HR-EMP-00001" });
    expect(reply.body["message"]).toHaveProperty("image", null);
  });

  it("does not show an HR user the own roles or key: they are of level 1", async () => {
    const data = dataOf(await at.hr.get("/api/resource/User/hr@example.com"));
    expect(data["roles"]).toEqual([]);
    expect(data).not.toHaveProperty("api_key");
    expect(dataOf(await at.admin.get("/api/resource/User/hr@example.com"))["api_key"]).toBe("hr-key");
  });
});
