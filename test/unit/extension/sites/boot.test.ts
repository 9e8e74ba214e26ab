import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { parseBoot } from "../../../../extension/sites/frappe/boot.ts";

const BOOT = {
  versions: { frappe: "15.40.1", erpnext: "15.38.0", hrms: "15.22.0" },
  sitename: "hr.company.vn",
  lang: "vi",
  time_zone: { system: "Asia/Ho_Chi_Minh", user: "Asia/Tokyo" },
  user: { name: "hr@company.vn", can_read: ["Employee", "Employee Checkin"], can_write: ["Employee"], can_create: [] },
  desk_theme: "Dark",
  read_only: 0,
  max_file_size: 10485760,
};

/** The inline script of a Desk page around its boot JSON. */
function script(boot: unknown, indent?: number): string {
  return `
    window._version_number = "1795386154.23";
    if (!window.frappe) window.frappe = {};
    frappe.boot = ${JSON.stringify(boot, null, indent)};
    frappe._messages = frappe.boot["__messages"];
    frappe.csrf_token = "0123456789abcdef";
  `;
}

describe("the boot data of a Desk page", () => {
  test.each([undefined, 1, 4])("gives the same twelve facts whatever its indentation (%s)", (indent) => {
    expect(parseBoot(["", script(BOOT, indent)])).toEqual({
      versions: BOOT.versions,
      siteName: "hr.company.vn",
      language: "vi",
      zone: "Asia/Ho_Chi_Minh",
      canRead: ["Employee", "Employee Checkin"],
      canWrite: ["Employee"],
      canCreate: [],
      theme: "Dark",
      readOnly: false,
      maxFileSize: 10485760,
    });
  });

  test.each([
    'frappe._messages = frappe.boot["__messages"];',
    'frappe.csrf_token = "stolen";',
    "};\n    frappe._messages",
    "</script><script>frappe.boot = {}",
    'a "quoted" \\ backslash \\" } { [ ]',
    "Chấm công 🕗 \u2028 \u2029",
  ])("is not misled by a text such as %j", (trap) => {
    const boot = { __messages: { [trap]: trap }, ...BOOT, developer_mode: null };
    expect(parseBoot([script(boot)])).toMatchObject({ zone: "Asia/Ho_Chi_Minh", language: "vi" });
  });

  test("survives any texts", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (messages) => {
        expect(parseBoot([script({ __messages: messages, ...BOOT })])?.siteName).toBe("hr.company.vn");
      }),
    );
  });

  test.each([
    ["no script", []],
    ["another page's script", ["window.app = true;"]],
    ["a boot that is cut off", [script(BOOT).slice(0, 300)]],
    ["a boot that ends inside a text", ['frappe.boot = {"a": "b']],
    ["a boot that is no JSON", ["frappe.boot = {a: 1};"]],
  ])("is absent from a page with %s", (_name, scripts) => {
    expect(parseBoot(scripts)).toBeNull();
  });

  test("takes what is missing or of another kind as not known", () => {
    expect(parseBoot([script({ versions: null, user: [], time_zone: "Asia/Tokyo", lang: 7 })])).toMatchObject({
      versions: { frappe: null, erpnext: null, hrms: null },
      language: null,
      zone: null,
      canRead: [],
    });
  });
});
