import { afterEach, describe, expect, it } from "@jest/globals";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import type { Reply } from "./support/site-client.ts";
import { ADD_LOG, CHECKIN, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let running: TestSite | null = null;

async function start(options: StartOptions = {}): Promise<TestSite> {
  running = await startTestSite({ employees: [{ attendance_device_id: "101" }], ...options });
  return running;
}

afterEach(async () => {
  await running?.site.stop();
  running = null;
});

const AN = "HR-EMP-00001";
const log = (time: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  employee: AN,
  time,
  ...more,
});
const dataOf = (reply: Reply): Record<string, unknown> => reply.body["data"] as Record<string, unknown>;

describe("level 1 of Employee Checkin", () => {
  it("keeps the time sent by a role with level-1 write", async () => {
    const { hr } = await start();
    expect(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00")))["time"]).toBe("2020-01-06 08:00:00");
  });

  it("silently stores the present time for a role without it, with 200", async () => {
    const { device } = await start({ now: () => Date.parse("2026-11-23T05:24:16.250Z"), zone: "Asia/Ho_Chi_Minh" });
    const reply = await device.post(CHECKIN, log("2020-01-06 08:00:00"));
    expect(reply.status).toBe(200);
    expect(dataOf(reply)["time"]).toBe("2026-11-23 12:24:16");
  });

  it("lets the second row of a batch for one person fail as a duplicate, which hides the cause", async () => {
    const { device } = await start({ now: () => Date.parse("2026-11-23T05:24:16Z") });
    const row = (time: string): Record<string, unknown> => ({ doctype: "Employee Checkin", ...log(time) });
    const docs = [row("2020-01-06 08:00:00"), row("2020-01-06 17:00:00")];
    const reply = await device.post("/api/method/frappe.client.insert_many", { docs });
    expect([reply.status, reply.messages[0]]).toEqual([417, expect.stringContaining("already has a log")]);
  });

  it("keeps the stored time when a user without level-1 write changes a log", async () => {
    const { site, hr, guest } = await start();
    site.addUser({ name: "clerk@example.com", roles: ["Employee"], apiKey: "c", apiSecret: "s" });
    const name = String(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00")))["name"]);
    const clerk = guest.with({ Authorization: "token c:s" });
    const reply = await clerk.put(`${CHECKIN}/${name}`, { time: "2020-01-06 09:00:00", device_id: "G2" });
    expect(dataOf(reply)).toMatchObject({ time: "2020-01-06 08:00:00", device_id: "G2" });
  });
});

describe("microseconds of a log", () => {
  it.each(["15.39.2", "15.58.2"])("are cut from HRMS %s on, so one second collides", async (hrms) => {
    const { hr } = await start({ hrms });
    expect(dataOf(await hr.post(CHECKIN, log("2020-01-06 07:58:11.25")))["time"]).toBe("2020-01-06 07:58:11");
    expect((await hr.post(CHECKIN, log("2020-01-06 07:58:11.90"))).status).toBe(417);
  });

  it("are kept before HRMS 15.39.2 and make two logs of one second", async () => {
    const { site, hr } = await start({ hrms: "15.39.1" });
    await hr.post(CHECKIN, log("2020-01-06 07:58:11.25"));
    expect((await hr.post(CHECKIN, log("2020-01-06 07:58:11.90"))).status).toBe(200);
    expect(site.data.rows("Employee Checkin").map((row) => row["time"])).toEqual([
      "2020-01-06 07:58:11.250000",
      "2020-01-06 07:58:11.900000",
    ]);
  });
});

describe("the employee of a log", () => {
  it("must not be Inactive; the answer links to the person", async () => {
    const { site, hr } = await start({ employees: [{ status: "Inactive" }] });
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00"));
    expect([reply.status, reply.excType]).toEqual([417, "InactiveEmployeeStatusError"]);
    expect(reply.messages).toEqual([
      `Transactions cannot be created for an Inactive Employee <a href="${site.origin}/app/employee/${AN}">${AN}</a>.`,
    ]);
  });

  it.each(["Left", "Suspended"])("may be %s", async (status) => {
    const { hr } = await start({ employees: [{ status, relieving_date: "2019-01-01" }] });
    expect((await hr.post(CHECKIN, log("2020-01-06 08:00:00"))).status).toBe(200);
  });

  it("may be on approved leave", async () => {
    const { site, hr } = await start();
    site.addRecord("Leave Application", {
      name: "HR-LAP-2020-00001",
      employee: AN,
      leave_type: "Sick Leave",
      from_date: "2020-01-01",
      to_date: "2020-01-31",
      status: "Approved",
      docstatus: 1,
    });
    expect((await hr.post(CHECKIN, log("2020-01-06 08:00:00"))).status).toBe(200);
  });

  it.each([14, 15] as const)("may be unknown in version %i: 200 without employee_name", async (profile) => {
    const { hr } = await start({ profile });
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00", { employee: "NOPE" }));
    expect(reply.status).toBe(200);
    expect(dataOf(reply)).toMatchObject({ employee: "NOPE" });
    expect(dataOf(reply)).not.toHaveProperty("employee_name");
  });

  it("must be known in version 16", async () => {
    const { hr } = await start({ profile: 16 });
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00", { employee: "NOPE" }));
    expect([reply.status, reply.excType, reply.messages]).toEqual([
      417,
      "LinkValidationError",
      ["Could not find Employee: NOPE"],
    ]);
  });

  it("is stored as the record spells it, whatever case was sent", async () => {
    const { hr } = await start();
    expect(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00", { employee: "hr-emp-00001" })))["employee"]).toBe(
      AN,
    );
  });
});

describe("a duplicate log", () => {
  it("is the same employee, time and log type, whatever the device; the answer links to the first", async () => {
    const { hr } = await start({ employees: [{ first_name: "Bình", last_name: "Trần" }] });
    const first = String(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00", { device_id: "G1" })))["name"]);
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00", { device_id: "G2" }));
    expect([reply.status, reply.excType, reply.body["_exc_source"]]).toEqual([417, "ValidationError", "hrms (app)"]);
    expect(reply.messages).toEqual([
      "This employee already has a log with the same timestamp.<Br>" +
        `<a href="/app/Form/Employee Checkin/${first}" style="font-weight: bold;">Employee Checkin Bình Trần</a>`,
    ]);
  });

  it("is none when only the log type differs; no log type is a class of its own", async () => {
    const { hr } = await start();
    const statuses = [];
    for (const type of ["", "IN", "OUT"])
      statuses.push((await hr.post(CHECKIN, log("2020-01-06 08:00:00", { log_type: type }))).status);
    expect(statuses).toEqual([200, 200, 200]);
    expect((await hr.post(CHECKIN, log("2020-01-06 08:00:00"))).status).toBe(417);
  });

  it("passes twice when two requests are checked before either is written", async () => {
    const { site, hr } = await start();
    site.faults.raceInserts("Employee Checkin", 2);
    const row = log("2020-01-06 08:00:00");
    const replies = await Promise.all([hr.post(CHECKIN, row), hr.post(CHECKIN, row)]);
    expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
    expect(site.data.rows("Employee Checkin")).toHaveLength(2);
  });
});

describe("the time of a log", () => {
  it("may lie in the future", async () => {
    const { hr } = await start();
    expect((await hr.post(CHECKIN, log("2030-01-06 08:00:00"))).status).toBe(200);
  });

  it.each(["2020-01-06T08:00:00+09:00", "2020-01-06T08:00:00Z"])(
    "with an offset (%s) dies in the database: 500",
    async (time) => {
      const { site, hr } = await start();
      const reply = await hr.post(CHECKIN, log(time));
      expect([reply.status, reply.excType]).toEqual([500, "OperationalError"]);
      expect(reply.body["exception"]).toContain("Incorrect datetime value");
      expect(site.data.rows("Employee Checkin")).toEqual([]);
    },
  );

  it("with an offset is a TypeError for an employee with a shift", async () => {
    const { hr } = await start({ employees: [{ default_shift: "Ca Hành Chính" }] });
    const reply = await hr.post(CHECKIN, log("2020-01-06T08:00:00+09:00"));
    expect([reply.status, reply.excType]).toEqual([500, "TypeError"]);
  });

  it.each(["2020-01-08T08:00:00", "2020-01-08 8:00"])("may be written %s", async (time) => {
    const { hr } = await start();
    expect(dataOf(await hr.post(CHECKIN, log(time)))["time"]).toBe("2020-01-08 08:00:00");
  });

  it.each(["garbage", "2020-02-31 08:00:00"])("that is none (%s) is 500", async (time) => {
    const { hr } = await start();
    const reply = await hr.post(CHECKIN, log(time));
    expect([reply.status, reply.excType]).toEqual([500, "ParserError"]);
  });

  it("of a log with an attendance cannot change from HRMS 15.42 on", async () => {
    const { site, hr } = await start({ hrms: "15.42.0" });
    const name = String(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00")))["name"]);
    site.addRecord("Employee Checkin", {
      ...site.data.get("Employee Checkin", name),
      name,
      attendance: "HR-ATT-2020-00001",
    });
    site.addRecord("Attendance", {
      name: "HR-ATT-2020-00001",
      employee: AN,
      attendance_date: "2020-01-06",
      docstatus: 1,
    });
    const reply = await hr.put(`${CHECKIN}/${name}`, { time: "2020-01-06 08:30:00" });
    expect([reply.status, reply.messages]).toEqual([
      417,
      ["An attendance record is linked to this checkin. Please cancel the attendance before modifying time."],
    ]);
    expect((await hr.put(`${CHECKIN}/${name}`, { device_id: "G9" })).status).toBe(200);
  });

  it("of a log with an attendance can change before HRMS 15.42", async () => {
    const { site, hr } = await start({ hrms: "15.41.0" });
    const name = String(dataOf(await hr.post(CHECKIN, log("2020-01-06 08:00:00")))["name"]);
    site.addRecord("Attendance", {
      name: "HR-ATT-2020-00001",
      employee: AN,
      attendance_date: "2020-01-06",
      docstatus: 1,
    });
    site.addRecord("Employee Checkin", {
      ...site.data.get("Employee Checkin", name),
      name,
      attendance: "HR-ATT-2020-00001",
    });
    expect((await hr.put(`${CHECKIN}/${name}`, { time: "2020-01-06 08:30:00" })).status).toBe(200);
  });
});

describe("the shift of a log", () => {
  const dayShift = { default_shift: "Ca Hành Chính" };

  it("is the one whose real window contains the time", async () => {
    const { hr } = await start({ employees: [dayShift] });
    expect(dataOf(await hr.post(CHECKIN, log("2020-01-06 07:00:00")))).toMatchObject({
      shift: "Ca Hành Chính",
      shift_start: "2020-01-06 08:00:00",
      shift_actual_end: "2020-01-06 18:00:00",
      offshift: 0,
    });
  });

  it("is none outside the window: off-shift", async () => {
    const { hr } = await start({ employees: [dayShift] });
    const data = dataOf(await hr.post(CHECKIN, log("2020-01-06 06:59:59")));
    expect(data["offshift"]).toBe(1);
    expect(data).not.toHaveProperty("shift");
  });

  it("of a night belongs to the day it began", async () => {
    const { hr } = await start({
      employees: [{ default_shift: "Ca Đêm" }],
      shiftTypes: [{ name: "Ca Đêm", start_time: "22:00:00", end_time: "6:00:00" }],
    });
    const data = dataOf(await hr.post(CHECKIN, log("2020-01-07 06:30:00")));
    expect(data["shift_start"]).toBe("2020-01-06 22:00:00");
  });

  it("goes by an assignment before the default", async () => {
    const { site, hr } = await start({
      employees: [dayShift],
      shiftTypes: [{ name: "Ca Hành Chính" }, { name: "Ca Chiều", start_time: "14:00:00", end_time: "22:00:00" }],
    });
    site.addRecord("Shift Assignment", {
      name: "HR-SHA-20-01-00001",
      employee: AN,
      shift_type: "Ca Chiều",
      start_date: "2020-01-01",
      status: "Active",
      docstatus: 1,
    });
    expect(dataOf(await hr.post(CHECKIN, log("2020-01-06 14:00:00")))["shift"]).toBe("Ca Chiều");
  });

  it("that is strict wants a log type unless the log is to be skipped", async () => {
    const strict = {
      name: "Ca Chặt",
      determine_check_in_and_check_out: "Strictly based on Log Type in Employee Checkin",
    };
    const { hr } = await start({ employees: [{ default_shift: "Ca Chặt" }], shiftTypes: [strict] });
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00"));
    expect([reply.status, reply.messages[0]]).toEqual([
      417,
      "Log Type is required for check-ins falling in the shift: Ca Chặt.",
    ]);
    expect((await hr.post(CHECKIN, log("2020-01-06 08:00:00", { skip_auto_attendance: 1 }))).status).toBe(200);
  });
});

describe("geolocation tracking", () => {
  const tracked = { settings: { geolocationTracking: true } };

  it("wants coordinates", async () => {
    const { hr } = await start(tracked);
    const reply = await hr.post(CHECKIN, log("2020-01-06 08:00:00"));
    expect(reply.messages).toEqual(["Latitude and longitude values are required for checking in."]);
    const there = log("2020-01-06 08:00:00", { latitude: 10.77, longitude: 106.7 });
    expect((await hr.post(CHECKIN, there)).status).toBe(200);
  });

  it("wants none before HRMS 15.22", async () => {
    const { hr } = await start({ ...tracked, hrms: "15.21.0" });
    expect((await hr.post(CHECKIN, log("2020-01-06 08:00:00"))).status).toBe(200);
  });

  it.each([
    ["15.41.0", 417],
    ["15.42.0", 200],
  ] as const)("makes add_log of HRMS %s with coordinates answer %i", async (hrms, status) => {
    const { hr } = await start({ ...tracked, hrms });
    const body = { employee_field_value: "101", timestamp: "2020-01-06 08:00:00", latitude: 10.77, longitude: 106.7 };
    expect((await hr.post(ADD_LOG, body)).status).toBe(status);
  });

  it("refuses a place outside the radius of the shift's location", async () => {
    const { site, hr } = await start(tracked);
    site.addRecord("Shift Location", { name: "Nhà máy", latitude: 10.77, longitude: 106.7, checkin_radius: 100 });
    site.addRecord("Shift Assignment", {
      name: "HR-SHA-20-01-00001",
      employee: AN,
      shift_type: "Ca Hành Chính",
      shift_location: "Nhà máy",
      start_date: "2020-01-01",
      status: "Active",
      docstatus: 1,
    });
    const far = await hr.post(CHECKIN, log("2020-01-06 08:00:00", { latitude: 10.78, longitude: 106.7 }));
    expect([far.status, far.excType]).toEqual([417, "CheckinRadiusExceededError"]);
    const near = await hr.post(CHECKIN, log("2020-01-06 08:00:00", { latitude: 10.7701, longitude: 106.7 }));
    expect(near.status).toBe(200);
  });
});

describe("add_log_based_on_employee_field", () => {
  const at = "2020-01-06 08:00:00";

  it("finds the employee by badge and answers the whole record", async () => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, {
      employee_field_value: "101",
      timestamp: at,
      device_id: "G1",
      log_type: "OUT",
    });
    expect(reply.body["message"]).toMatchObject({ employee: AN, time: at, device_id: "G1", log_type: "OUT" });
  });

  it("says which value found nobody", async () => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, { employee_field_value: "999", timestamp: at });
    expect(reply.messages).toEqual([
      "No Employee found for the given employee field value. 'attendance_device_id': 999",
    ]);
  });

  it.each([
    { employee_field_value: "", timestamp: at },
    { employee_field_value: "101", timestamp: "" },
  ])("wants a value and a time: %j", async (body) => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, body);
    expect([reply.status, reply.messages]).toEqual([417, ["'employee_field_value' and 'timestamp' are required."]]);
  });

  it("is a TypeError when an argument is not sent at all", async () => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, { employee_field_value: "101" });
    expect([reply.status, reply.excType]).toEqual([500, "TypeError"]);
  });

  it("takes the first of several employees with one number", async () => {
    const { hr } = await start({ employees: [{ employee_number: "7" }, { employee_number: "7" }] });
    const body = { employee_field_value: "7", employee_fieldname: "employee_number", timestamp: at };
    expect((await hr.post(ADD_LOG, body)).body["message"]).toMatchObject({ employee: AN });
  });

  it("is 500 for a field that does not exist", async () => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, { employee_field_value: "7", employee_fieldname: "nope", timestamp: at });
    expect([reply.status, reply.excType]).toEqual([500, "OperationalError"]);
  });

  it("needs the right to create a log", async () => {
    const { guest } = await start();
    expect((await guest.post(ADD_LOG, { employee_field_value: "101", timestamp: at })).status).toBe(403);
  });
});
