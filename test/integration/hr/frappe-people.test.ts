import { afterEach, describe, expect, test } from "@jest/globals";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { directoryTo } from "../../support/frappe-directory.ts";

let site: FrappeSite;
afterEach(() => site.stop());

describe("the people of a Frappe site", () => {
  test("come with status, dates and trimmed badge number, whatever their status", async () => {
    site = await FrappeSite.start({
      employees: [
        {
          first_name: "Trần",
          last_name: "Bình".normalize("NFD"),
          department: "Kế toán - TD",
          branch: "Hà Nội",
          date_of_joining: "2024-02-29",
          employee_number: "N7",
          attendance_device_id: " 102 ",
        },
        { first_name: "An", status: "Left", relieving_date: "2026-06-30" },
        { first_name: "Chi", status: "Suspended" },
        { first_name: "Dũng", status: "Inactive", attendance_device_id: "" },
      ],
    });
    const people = await directoryTo(site).people();
    expect(people[0]).toEqual({
      personId: "HR-EMP-00001",
      name: "Trần Bình".normalize("NFC"),
      department: "Kế toán - TD",
      branch: "Hà Nội",
      status: "active",
      joined: "2024-02-29",
      left: null,
      employeeNumber: "N7",
      deviceId: "102",
    });
    expect(people.map(({ status, left, deviceId }) => [status, left, deviceId])).toEqual([
      ["active", null, "102"],
      ["left", "2026-06-30", null],
      ["suspended", null, null],
      ["inactive", null, null],
    ]);
  });

  test("are all read, page after page", async () => {
    site = await FrappeSite.start({ employees: Array.from({ length: 1203 }, () => ({})) });
    const people = await directoryTo(site).people();
    expect(new Set(people.map(({ personId }) => personId)).size).toBe(1203);
    expect(site.requests.to("/api/resource/Employee")).toHaveLength(3);
  });

  test("may have ids with spaces, slashes, quotes and letters of any script", async () => {
    const names = ["Nguyễn Văn An", "A/B 1", 'say "hi"', "50% & more"];
    site = await FrappeSite.start({ employees: names.map((name) => ({ name })) });
    expect((await directoryTo(site).people()).map(({ personId }) => personId).sort()).toEqual([...names].sort());
  });

  test("are refused with a code when the key may not read them", async () => {
    site = await FrappeSite.start({
      users: [{ name: "poor@example.com", roles: [], apiKey: "poor-key", apiSecret: "poor-secret" }],
    });
    const directory = directoryTo(site, { key: "poor-key", secret: "poor-secret" });
    await expect(directory.people()).rejects.toMatchObject({ code: "hr.forbidden", details: { status: 403 } });
  });
});
