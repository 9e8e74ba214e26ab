import { describe, expect, test } from "@jest/globals";

import { pageOf } from "../../../../extension/sites/frappe/route.ts";

describe("the page of a Desk route", () => {
  test.each([
    ["List/Employee/List", "employee-list"],
    ["List/Employee Checkin/List", "checkin-list"],
    ["List/Employee/Report", null],
    ["List/Employee Grade/List", null],
    ["Form/Employee/List", null],
    ["Form/Employee/List/Employee/List", null],
    ["", null],
    [null, null],
  ])("%p is %p", (route, page) => {
    expect(pageOf(route)).toBe(page);
  });
});
