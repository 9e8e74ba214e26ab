import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { textOf } from "../../doubles/frappe-site/data/value.ts";

import type { SiteClient } from "./support/site-client.ts";
import { CHECKIN, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

const DAY = { name: "Ca Ngày", enable_auto_attendance: 1, process_attendance_after: "2026-11-16" };
const NIGHT = { ...DAY, name: "Ca Đêm", start_time: "22:00:00", end_time: "6:00:00" };
const AN = "HR-EMP-00001";
let at: TestSite;

beforeEach(async () => {
  at = await startTestSite({
    shiftTypes: [DAY, NIGHT],
    employees: [{ default_shift: "Ca Ngày" }, { default_shift: "Ca Đêm" }],
  });
});

afterEach(() => at.site.stop());

async function punch(times: readonly string[], employee = AN): Promise<void> {
  for (const time of times) await at.hr.post(CHECKIN, { employee, time });
}

async function process(shift: string, lastSync: string, client: SiteClient = at.hr): Promise<number> {
  const path = `/api/resource/Shift Type/${shift}`;
  await client.put(path, { last_sync_of_checkin: lastSync });
  return (await client.call("POST", path, { query: { run_method: "process_auto_attendance" } })).status;
}

const marked = (employee = AN): string[] =>
  at.site.data
    .rows("Attendance")
    .filter((row) => row["employee"] === employee)
    .map((row) => `${textOf(row["attendance_date"])} ${textOf(row["status"])}`)
    .toSorted();

describe("auto attendance", () => {
  it("answers 200 with an empty body", async () => {
    const reply = await at.hr.call("POST", "/api/resource/Shift Type/Ca Ngày", {
      query: { run_method: "process_auto_attendance" },
    });
    expect([reply.status, reply.body]).toEqual([200, {}]);
  });

  it("does nothing without last_sync_of_checkin", async () => {
    await punch(["2026-11-17 08:00:00"]);
    await at.hr.call("POST", "/api/resource/Shift Type/Ca Ngày", { query: { run_method: "process_auto_attendance" } });
    expect(marked()).toEqual([]);
  });

  it("takes only logs whose real window ended before the last sync", async () => {
    await punch(["2026-11-17 08:01:00", "2026-11-17 17:05:00"]);
    await process("Ca Ngày", "2026-11-17 18:00:00");
    expect(marked()).toEqual(["2026-11-16 Absent"]);
    await process("Ca Ngày", "2026-11-17 18:00:01");
    expect(marked()).toEqual(["2026-11-16 Absent", "2026-11-17 Present"]);
  });

  it("makes one Attendance of a turn's logs and links them to it", async () => {
    await punch(["2026-11-17 08:01:00", "2026-11-17 12:00:00", "2026-11-17 17:05:00"]);
    await process("Ca Ngày", "2026-11-18 00:00:00");
    const present = at.site.data.rows("Attendance").find((row) => row["status"] === "Present");
    expect(present).toMatchObject({
      in_time: "2026-11-17 08:01:00",
      out_time: "2026-11-17 17:05:00",
      working_hours: 9.07,
      docstatus: 1,
    });
    expect(new Set(at.site.data.rows("Employee Checkin").map((row) => row["attendance"]))).toEqual(
      new Set([present?.name]),
    );
  });

  it("marks everybody of the shift Absent from process_attendance_after to the day before the last sync", async () => {
    await process("Ca Ngày", "2026-11-19 10:00:00");
    expect(marked()).toEqual(["2026-11-16 Absent", "2026-11-17 Absent", "2026-11-18 Absent"]);
  });

  it("lets the small hours of the last sync belong to the night that began the day before", async () => {
    await punch(["2026-11-17 22:01:00", "2026-11-18 06:05:00"], "HR-EMP-00002");
    await process("Ca Đêm", "2026-11-18 05:00:00");
    expect(marked("HR-EMP-00002")).toEqual(["2026-11-16 Absent"]);
    await process("Ca Đêm", "2026-11-18 07:00:01");
    expect(marked("HR-EMP-00002")).toEqual(["2026-11-16 Absent", "2026-11-17 Present"]);
  });

  it("sets a late log aside for good, with a comment why", async () => {
    await punch(["2026-11-17 08:01:00", "2026-11-17 17:05:00"]);
    await process("Ca Ngày", "2026-11-18 00:00:00");
    await punch(["2026-11-17 12:00:00"]);
    await process("Ca Ngày", "2026-11-18 01:00:00");
    const late = at.site.data.rows("Employee Checkin").find((row) => row["time"] === "2026-11-17 12:00:00");
    expect(late).toMatchObject({ attendance: null, skip_auto_attendance: 1 });
    expect(at.site.data.rows("Comment")).toEqual([
      expect.objectContaining({
        reference_name: late?.name,
        content: expect.stringMatching(/^Reason for skipping auto attendance:/),
      }),
    ]);
  });

  it("leaves out who is not Active, holidays, and days before joining", async () => {
    at.site.addRecord("Holiday List", { name: "Lễ", holidays: [{ holiday_date: "2026-11-17" }] });
    at.site.addRecord("Shift Type", {
      ...at.site.data.get("Shift Type", "Ca Ngày"),
      name: "Ca Ngày",
      holiday_list: "Lễ",
    });
    at.site.addEmployee({ default_shift: "Ca Ngày", date_of_joining: "2026-11-18" });
    at.site.addEmployee({ default_shift: "Ca Ngày", status: "Suspended" });
    await process("Ca Ngày", "2026-11-19 10:00:00");
    expect(marked()).toEqual(["2026-11-16 Absent", "2026-11-18 Absent"]);
    expect(marked("HR-EMP-00003")).toEqual(["2026-11-18 Absent"]);
    expect(marked("HR-EMP-00004")).toEqual([]);
  });

  it("turns a day of approved leave into On Leave, half days into Half Day, and heeds no other leave", async () => {
    const leave = (name: string, more: Record<string, string | number>): void => {
      at.site.addRecord("Leave Application", {
        name,
        employee: AN,
        leave_type: "Sick Leave",
        from_date: "2026-11-16",
        to_date: "2026-11-16",
        status: "Approved",
        docstatus: 1,
        ...more,
      });
    };
    leave("L1", {});
    leave("L2", { from_date: "2026-11-17", to_date: "2026-11-17", half_day: 1, half_day_date: "2026-11-17" });
    leave("L3", { from_date: "2026-11-18", to_date: "2026-11-18", status: "Rejected" });
    leave("L4", { from_date: "2026-11-18", to_date: "2026-11-18", docstatus: 0 });
    leave("L5", { from_date: "2026-11-18", to_date: "2026-11-18", docstatus: 2, status: "Cancelled" });
    await process("Ca Ngày", "2026-11-19 10:00:00");
    expect(marked()).toEqual(["2026-11-16 On Leave", "2026-11-17 Half Day", "2026-11-18 Absent"]);
    expect(at.site.data.get("Employee", AN)?.["status"]).toBe("Active");
  });

  it("run by GET is undone", async () => {
    await at.hr.put("/api/resource/Shift Type/Ca Ngày", { last_sync_of_checkin: "2026-11-19 10:00:00" });
    const reply = await at.hr.get("/api/resource/Shift Type/Ca Ngày", { run_method: "process_auto_attendance" });
    expect([reply.status, marked()]).toEqual([200, []]);
  });

  it("needs the right to write the shift", async () => {
    at.site.addUser({ name: "e@example.com", roles: ["Employee"], apiKey: "e", apiSecret: "s" });
    const employee = at.guest.with({ Authorization: "token e:s" });
    expect(await process("Ca Ngày", "2026-11-19 10:00:00", employee)).toBe(403);
  });
});

describe("run_method", () => {
  it("is lost beside a JSON body: 500", async () => {
    const call = { query: { run_method: "process_auto_attendance" }, json: { x: 1 } };
    const reply = await at.hr.call("POST", "/api/resource/Shift Type/Ca Ngày", call);
    expect([reply.status, reply.excType]).toEqual([500, "KeyError"]);
  });

  it("may stand in the JSON body", async () => {
    const reply = await at.hr.post("/api/resource/Shift Type/Ca Ngày", { run_method: "process_auto_attendance" });
    expect(reply.status).toBe(200);
  });

  it.each([
    ["nope", 404],
    ["validate", 403],
  ])("%s is %i", async (run_method, status) => {
    expect((await at.hr.call("POST", "/api/resource/Shift Type/Ca Ngày", { query: { run_method } })).status).toBe(
      status,
    );
  });
});

describe("what a connector must never do to a shift", () => {
  it("is noted: writing one that the site updates itself", async () => {
    at.site.addRecord("Shift Type", { ...DAY, start_time: "8:00:00", end_time: "17:00:00", auto_update_last_sync: 1 });
    await at.hr.put("/api/resource/Shift Type/Ca Ngày", { last_sync_of_checkin: "2026-11-19 10:00:00" });
    expect(at.site.data.violations).toEqual([
      { kind: "auto-update-shift-written", record: "Ca Ngày", user: "hr@example.com" },
    ]);
  });

  it("is noted: moving the last sync back", async () => {
    for (const time of ["2026-11-19 10:00:00", "2026-11-19 11:00:00", "2026-11-18 10:00:00"])
      await at.hr.put("/api/resource/Shift Type/Ca Ngày", { last_sync_of_checkin: time });
    expect(at.site.data.violations.map((one) => one.kind)).toEqual(["last-sync-moved-back"]);
  });
});

describe("the leave query", () => {
  it("finds who is away today, first and last day included, and nobody else", async () => {
    const put = (
      name: string,
      from_date: string,
      to_date: string,
      more: Record<string, string | number> = {},
    ): void => {
      const leave = { employee: AN, leave_type: "Leave Without Pay", status: "Approved", docstatus: 1 };
      at.site.addRecord("Leave Application", { ...leave, name, from_date, to_date, ...more });
    };
    put("starts", "2026-11-22", "2026-11-30");
    put("ends", "2026-11-01", "2026-11-22");
    put("maternity", "2026-10-01", "2027-03-31", { leave_type: "Nghỉ thai sản" });
    put("half", "2026-11-22", "2026-11-22", { half_day: 1, half_day_date: "2026-11-22" });
    put("over", "2026-11-01", "2026-11-21");
    put("rejected", "2026-11-22", "2026-11-22", { status: "Rejected" });
    put("draft", "2026-11-22", "2026-11-22", { docstatus: 0 });
    put("cancelled", "2026-11-22", "2026-11-22", { docstatus: 2, status: "Cancelled" });
    put("other type", "2026-11-22", "2026-11-22", { leave_type: "Sick Leave" });
    const { body } = await at.hr.get("/api/resource/Leave Application", {
      fields: ["name", "leave_type.is_lwp as is_lwp", "half_day"],
      filters: [
        ["docstatus", "=", 1],
        ["status", "=", "Approved"],
        ["leave_type", "in", ["Leave Without Pay", "Nghỉ thai sản"]],
        ["from_date", "<=", "2026-11-22"],
        ["to_date", ">=", "2026-11-22"],
      ],
      order_by: "name asc",
      limit_page_length: "0",
    });
    expect(body["data"]).toEqual([
      { name: "ends", is_lwp: 1, half_day: 0 },
      { name: "half", is_lwp: 1, half_day: 1 },
      { name: "maternity", is_lwp: 0, half_day: 0 },
      { name: "starts", is_lwp: 1, half_day: 0 },
    ]);
  });
});
