import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { CHECKIN, INSERT_MANY, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let at: TestSite;

beforeEach(async () => {
  at = await startTestSite({ employees: [{}, {}, { status: "Inactive" }] });
});

afterEach(() => at.site.stop());

const row = (minute: number, employee = "HR-EMP-00001"): Record<string, unknown> => ({
  doctype: "Employee Checkin",
  employee,
  time: `2020-01-06 ${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`,
});

describe("insert_many", () => {
  it("answers the names in the order sent", async () => {
    const { body } = await at.hr.post(INSERT_MANY, { docs: [row(30), row(10), row(20)] });
    const names = body["message"] as string[];
    expect(names.map((name) => at.site.data.get("Employee Checkin", name)?.["time"])).toEqual([
      "2020-01-06 00:30:00",
      "2020-01-06 00:10:00",
      "2020-01-06 00:20:00",
    ]);
  });

  it("takes 200 rows", async () => {
    const docs = Array.from({ length: 200 }, (_, minute) => row(minute));
    expect((await at.hr.post(INSERT_MANY, { docs })).body["message"]).toHaveLength(200);
  });

  it("refuses 201 rows and keeps none", async () => {
    const docs = Array.from({ length: 201 }, (_, minute) => row(minute));
    const reply = await at.hr.post(INSERT_MANY, { docs });
    expect([reply.status, reply.messages]).toEqual([417, ["Only 200 inserts allowed in one request"]]);
    expect(at.site.data.rows("Employee Checkin")).toEqual([]);
  });

  it.each([
    ["a duplicate inside the batch", [row(1), row(2), row(1)]],
    ["an Inactive employee", [row(1), row(2), row(3, "HR-EMP-00003")]],
    ["a row that is stored already", [row(1), row(700)]],
  ])("keeps nothing when one row fails: %s", async (_, docs) => {
    await at.hr.post(CHECKIN, row(700));
    expect((await at.hr.post(INSERT_MANY, { docs })).status).toBe(417);
    expect(at.site.data.rows("Employee Checkin")).toHaveLength(1);
  });

  it("gives the numbers of a failed batch out again", async () => {
    await at.hr.post(INSERT_MANY, { docs: [row(1), row(1)] });
    const { body } = await at.hr.post(INSERT_MANY, { docs: [row(1)] });
    expect(body["message"]).toEqual([expect.stringMatching(/-000001$/)]);
  });

  it("shows the rows of an unfinished batch to nobody", async () => {
    at.site.faults.raceInserts("Employee Checkin", 3);
    const batch = at.hr.post(INSERT_MANY, { docs: [row(1), row(2)] });
    const other = at.hr.post(CHECKIN, row(1));
    const third = at.hr.post(CHECKIN, row(9, "HR-EMP-00002"));
    expect((await Promise.all([batch, other, third])).map((reply) => reply.status)).toEqual([200, 200, 200]);
  });

  it("takes the rows as JSON text in a form", async () => {
    const reply = await at.hr.call("POST", INSERT_MANY, { form: { docs: JSON.stringify([row(1)]) } });
    expect(reply.body["message"]).toHaveLength(1);
  });

  it.each([
    ["no rows", {}, 500, "TypeError"],
    ["a row without doctype", { docs: [{ employee: "HR-EMP-00001" }] }, 500, "ValueError"],
  ])("fails on %s", async (_, body, status, excType) => {
    const reply = await at.hr.post(INSERT_MANY, body);
    expect([reply.status, reply.excType]).toEqual([status, excType]);
  });

  it("is not for GET", async () => {
    expect((await at.hr.get(INSERT_MANY, { docs: [] })).status).toBe(403);
  });

  it("notes in the log how many rows each request carried", async () => {
    await at.hr.post(INSERT_MANY, { docs: [row(1), row(2)] });
    await at.hr.post(CHECKIN, row(3));
    expect(at.site.requests.to("/api", "POST").map((one) => one.rows)).toEqual([2, 1]);
  });
});
