import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { Reply } from "./support/site-client.ts";
import { CHECKIN, EMPLOYEE, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let at: TestSite;

beforeAll(async () => {
  at = await startTestSite({
    employees: [
      { first_name: "Nguyễn Văn", last_name: "An", attendance_device_id: "101", branch: "Hà Nội" },
      {
        first_name: "Trần Thị",
        last_name: "Bình",
        attendance_device_id: "102",
        status: "Left",
        relieving_date: "2020-05-01",
      },
      { first_name: "Hoàng", last_name: "Đạt", attendance_device_id: " 101 ", default_shift: "Ca Hành Chính" },
    ],
  });
  for (const [name, time, type] of [
    ["C1", "2020-01-06 08:00:00", "IN"],
    ["C2", "2020-01-06 17:00:00", "OUT"],
    ["C3", "2020-01-07 08:00:00", ""],
  ] as const)
    at.site.addRecord("Employee Checkin", {
      name,
      employee: "HR-EMP-00001",
      employee_name: "Nguyễn Văn An",
      time,
      log_type: type,
    });
});

afterAll(() => at.site.stop());

const names = (reply: Reply): string[] => (reply.body["data"] as { name: string }[]).map((row) => row.name);
const employees = async (query: Record<string, unknown>): Promise<string[]> => names(await at.hr.get(EMPLOYEE, query));
const logs = async (filters: unknown, query: Record<string, unknown> = {}): Promise<string[]> =>
  names(await at.hr.get(CHECKIN, { filters, order_by: "name asc", ...query }));

describe("filters on people", () => {
  it.each([
    ["three parts", [["status", "=", "Left"]], ["HR-EMP-00002"]],
    ["four parts", [["Employee", "status", "=", "Left"]], ["HR-EMP-00002"]],
    ["two parts", [["status", "Left"]], ["HR-EMP-00002"]],
    ["an object", { status: "Left" }, ["HR-EMP-00002"]],
    ["an object with an operator", { status: ["!=", "Left"] }, ["HR-EMP-00001", "HR-EMP-00003"]],
    ["in a list", [["name", "in", ["HR-EMP-00001", "HR-EMP-00003", "X"]]], ["HR-EMP-00001", "HR-EMP-00003"]],
    ["in text with commas", [["name", "in", "HR-EMP-00001,HR-EMP-00003"]], ["HR-EMP-00001", "HR-EMP-00003"]],
    ["in nothing", [["name", "in", []]], []],
    ["not in", [["name", "not in", ["HR-EMP-00001"]]], ["HR-EMP-00002", "HR-EMP-00003"]],
    ["not equal finds NULL too", [["branch", "!=", "Hà Nội"]], ["HR-EMP-00002", "HR-EMP-00003"]],
    ["is set", [["branch", "is", "set"]], ["HR-EMP-00001"]],
    ["is not set", [["branch", "is", "not set"]], ["HR-EMP-00002", "HR-EMP-00003"]],
    ["blank is NULL", [["branch", "=", ""]], ["HR-EMP-00002", "HR-EMP-00003"]],
    [
      "below a day finds NULL too",
      [["relieving_date", "<", "2021-01-01"]],
      ["HR-EMP-00001", "HR-EMP-00002", "HR-EMP-00003"],
    ],
    ["above a day does not", [["relieving_date", ">", "2019-01-01"]], ["HR-EMP-00002"]],
    ["case and accents do not count", [["employee_name", "=", "NGUYEN van An"]], ["HR-EMP-00001"]],
    ["but đ is a letter of its own", [["employee_name", "like", "%dat%"]], []],
    ["like with đ", [["employee_name", "like", "%ĐẠT%"]], ["HR-EMP-00003"]],
    ["trailing blanks do not count, leading ones do", [["attendance_device_id", "=", "101  "]], ["HR-EMP-00001"]],
    ["a number finds text", [["attendance_device_id", "=", 102]], ["HR-EMP-00002"]],
  ])("%s", async (_, filters, expected) => {
    expect(await employees({ filters, order_by: "name asc" })).toEqual(expected);
  });

  it("joins or_filters with or", async () => {
    const or_filters = [
      ["name", "=", "HR-EMP-00001"],
      ["attendance_device_id", "=", "102"],
    ];
    expect(await employees({ or_filters, order_by: "name asc" })).toEqual(["HR-EMP-00001", "HR-EMP-00002"]);
  });
});

describe("filters on times", () => {
  it.each([
    ["from a moment", [["time", ">=", "2020-01-06 17:00:00"]], ["C2", "C3"]],
    ["with a T", [["time", ">", "2020-01-06T17:00:00"]], ["C3"]],
    ["between moments, both in", [["time", "between", ["2020-01-06 08:00:00", "2020-01-06 17:00:00"]]], ["C1", "C2"]],
    ["between days, the last one whole", [["time", "between", ["2020-01-06", "2020-01-06"]]], ["C1", "C2"]],
    ["equal to a day is its midnight", [["time", "=", "2020-01-06"]], []],
    ["a blank log type", [["log_type", "=", ""]], ["C3"]],
    [
      "several employees and a range",
      [
        ["employee", "in", ["HR-EMP-00001", "X"]],
        ["time", "<", "2020-01-07"],
      ],
      ["C1", "C2"],
    ],
  ])("%s", async (_, filters, expected) => {
    expect(await logs(filters)).toEqual(expected);
  });

  it("cannot be like something", async () => {
    expect((await at.hr.get(CHECKIN, { filters: [["time", "like", "2020%"]] })).status).toBe(500);
  });
});

describe("the shape of a list", () => {
  it("is names only unless fields are asked for", async () => {
    expect((await at.hr.get(EMPLOYEE)).body["data"]).toEqual([
      { name: "HR-EMP-00001" },
      { name: "HR-EMP-00002" },
      { name: "HR-EMP-00003" },
    ]);
  });

  it("has every column, NULLs too, for *", async () => {
    const { body } = await at.hr.get(CHECKIN, { fields: ["*"], filters: [["name", "=", "C1"]] });
    expect((body["data"] as object[])[0]).toMatchObject({
      name: "C1",
      time: "2020-01-06 08:00:00",
      shift: null,
      docstatus: 0,
    });
  });

  it("takes a column of a linked record, with another name", async () => {
    const query = { fields: ["name", "employee.status as st"], filters: [["name", "=", "C1"]] };
    expect((await at.hr.get(CHECKIN, query)).body["data"]).toEqual([{ name: "C1", st: "Active" }]);
  });

  it("is rows without names for as_dict=0", async () => {
    const query = { fields: ["name", "status"], as_dict: "0", limit: "1", order_by: "name asc" };
    expect((await at.hr.get(EMPLOYEE, query)).body["data"]).toEqual([["HR-EMP-00001", "Active"]]);
  });

  it("prints times of day without a leading zero", async () => {
    const { body } = await at.hr.get("/api/resource/Shift Type", { fields: ["start_time"] });
    expect(body["data"]).toEqual([{ start_time: "8:00:00" }]);
  });

  it("counts in groups", async () => {
    const query = { fields: ["status", "count(name) as n"], group_by: "status" };
    expect((await at.hr.get(EMPLOYEE, query)).body["data"]).toEqual([
      { status: "Active", n: 2 },
      { status: "Left", n: 1 },
    ]);
  });

  it.each([
    ["limit_page_length", "2", 2],
    ["limit", "1", 1],
    ["limit_page_length", "0", 3],
    ["limit_page_length", "abc", 3],
  ])("%s=%s gives %i rows", async (name, value, count) => {
    expect(await employees({ [name]: value })).toHaveLength(count);
  });

  it("starts where it is told", async () => {
    expect(await employees({ limit_start: "1", limit_page_length: "1", order_by: "name desc" })).toEqual([
      "HR-EMP-00002",
    ]);
  });

  it("orders by several columns, also written with table names", async () => {
    const order = "`tabEmployee Checkin`.`employee` asc, time desc";
    expect(await logs([], { order_by: order })).toEqual(["C3", "C2", "C1"]);
  });
});

describe("what a list refuses", () => {
  it.each([
    ["an unknown field", { fields: ["nope"] }, 417, "DataError"],
    ["an unknown field of a linked record", { fields: ["default_shift.nope"] }, 417, "DataError"],
    ["an unknown column in filters", { filters: [["nope", "=", 1]] }, 417, "DataError"],
    ["an unknown operator", { filters: [["name", "~", 1]] }, 417, "ValidationError"],
    ["an unknown column to order by", { order_by: "nope asc" }, 500, "OperationalError"],
    ["a semicolon in the order", { order_by: "name asc; drop" }, 417, "ValidationError"],
    ["a star inside a function", { fields: ["count(*) as n"] }, 417, "DataError"],
    ["filters that are no JSON", { filters: "[[bad" }, 500, "JSONDecodeError"],
    ["fields that are no JSON", { fields: "name,time" }, 500, "JSONDecodeError"],
    ["a negative length", { limit_page_length: "-1" }, 500, "ProgrammingError"],
  ])("%s", async (_, query, status, excType) => {
    const reply = await at.hr.get(EMPLOYEE, query);
    expect([reply.status, reply.excType]).toEqual([status, excType]);
  });
});

describe("lists of version 16", () => {
  it("refuse functions as text and take them as objects", async () => {
    const { site, hr } = await startTestSite({ profile: 16, employees: [{}, {}] });
    const refused = await hr.get(EMPLOYEE, { fields: ["count(name) as n"] });
    expect(refused.messages[0]).toMatch(/^SQL functions are not allowed as strings in SELECT: count\(name\) as n\./);
    const taken = await hr.get(EMPLOYEE, { fields: [{ COUNT: "*", as: "n" }] });
    expect(taken.body["data"]).toEqual([{ n: 2 }]);
    await site.stop();
  });

  it("come newest first when no order is asked for", async () => {
    const { site, hr } = await startTestSite({ profile: 16, employees: [{}, {}] });
    expect(names(await hr.get(EMPLOYEE))).toEqual(["HR-EMP-00002", "HR-EMP-00001"]);
    await site.stop();
  });
});

describe("the small questions", () => {
  it("count with filters", async () => {
    const query = { doctype: "Employee", filters: { status: "Active" } };
    expect((await at.hr.get("/api/method/frappe.client.get_count", query)).body).toEqual({ message: 2 });
  });

  it.each([
    ["Employee", "HR-EMP-00001", "write", true],
    ["Employee Checkin", "", "create", true],
    ["Employee", "HR-EMP-00001", "submit", false],
    ["System Settings", "", "read", false],
  ])("say whether %s %s may be used to %s", async (doctype, docname, perm_type, allowed) => {
    const reply = await at.hr.get("/api/method/frappe.client.has_permission", { doctype, docname, perm_type });
    expect(reply.body).toEqual({ message: { has_permission: allowed } });
  });

  it("say nothing about level 1", async () => {
    const query = { doctype: "Employee Checkin", docname: "", perm_type: "create" };
    const reply = await at.device.get("/api/method/frappe.client.has_permission", query);
    expect(reply.body).toEqual({ message: { has_permission: true } });
  });

  it("get a value by filters, or nothing", async () => {
    const ask = (badge: string): Promise<Reply> =>
      at.hr.get("/api/method/frappe.client.get_value", {
        doctype: "Employee",
        filters: { attendance_device_id: badge },
        fieldname: ["name", "status"],
      });
    expect((await ask("102")).body).toEqual({ message: { name: "HR-EMP-00002", status: "Left" } });
    expect((await ask("999")).body).toEqual({ message: {} });
  });

  it("tell a guest another zone than the site's", async () => {
    const path = "/api/method/frappe.client.get_time_zone";
    expect((await at.guest.get(path)).body).toEqual({ message: { time_zone: "Asia/Kolkata" } });
  });

  it("tell the versions, without HRMS where it is not installed", async () => {
    const { site, hr } = await startTestSite({ hrms: null });
    const { body } = await hr.get("/api/method/frappe.utils.change_log.get_versions");
    expect(Object.keys(body["message"] as object)).toEqual(["frappe", "erpnext"]);
    await site.stop();
  });

  it("tell one's own roles through the parent User", async () => {
    const query = { doctype: "Has Role", parent: "User", fields: ["role"], filters: { parent: "hr@example.com" } };
    expect((await at.hr.get("/api/method/frappe.client.get_list", query)).body).toEqual({
      message: [{ role: "HR Manager" }, { role: "HR User" }],
    });
  });
});
