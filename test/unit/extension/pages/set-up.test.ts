import { describe, expect, test } from "@jest/globals";

import { browserName } from "../../../../extension/pages/setup/browser-name.ts";
import { siteOrigin } from "../../../../extension/pages/setup/site-address.ts";

describe("the address of an HR site as people give it", () => {
  test.each([
    ["https://hr.company.vn", "https://hr.company.vn"],
    ["  HTTPS://HR.Company.VN/app/employee?status=Active  ", "https://hr.company.vn"],
    ["hr.company.vn", "https://hr.company.vn"],
    ["hr.company.vn:8443/desk", "https://hr.company.vn:8443"],
    ["http://192.168.1.10:8000/app", "http://192.168.1.10:8000"],
    ["https://user:secret@hr.company.vn/", "https://hr.company.vn"],
    ["", null],
    ["http://", null],
    ["ftp://hr.company.vn", null],
    ["javascript://hr.company.vn", null],
    ["hr company", null],
  ])("%p is %p", (typed, origin) => {
    expect(siteOrigin(typed)).toBe(origin);
  });
});

describe("the name of a browser", () => {
  test.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
      "Chrome, Windows",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
      "Edge, Windows",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox, Linux"],
    ["curl/8", "Browser"],
  ])("%s is %s", (agent, name) => {
    expect(browserName(agent)).toBe(name);
  });
});
