import { afterEach, describe, expect, it } from "@jest/globals";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import { logIn } from "./support/signed-in.ts";
import { ADD_LOG, CHECKIN, EMPLOYEE, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let running: TestSite | null = null;

async function start(options: StartOptions = {}): Promise<TestSite> {
  running = await startTestSite({ employees: [{ first_name: "Bình" }], ...options });
  return running;
}

afterEach(async () => {
  await running?.site.stop();
  running = null;
});

const UNKNOWN_BADGE = { employee_field_value: "999", timestamp: "2020-01-06 08:00:00" };
const VIETNAMESE = /^Không tìm thấy nhân viên/;
const ENGLISH = /^No Employee found/;

describe("an error's body", () => {
  it("has exception, exc_type, source, trace and messages in this order", async () => {
    const { hr } = await start();
    const reply = await hr.post(ADD_LOG, UNKNOWN_BADGE);
    expect(Object.keys(reply.body)).toEqual(["exception", "exc_type", "_exc_source", "exc", "_server_messages"]);
    expect(reply.body["exception"]).toBe(
      "frappe.exceptions.ValidationError: No Employee found for the given employee field value. 'attendance_device_id': 999",
    );
    expect(JSON.parse(String(reply.body["exc"]))).toEqual([
      expect.stringMatching(/^Traceback \(most recent call last\):\n/),
    ]);
  });

  it("has only exc_type and messages when tracebacks are off", async () => {
    const { hr } = await start({ settings: { allowErrorTraceback: false } });
    expect(Object.keys((await hr.post(ADD_LOG, UNKNOWN_BADGE)).body)).toEqual(["exc_type", "_server_messages"]);
  });

  it("has messages as JSON text of JSON texts with an id each", async () => {
    const { hr } = await start();
    const { body } = await hr.post(ADD_LOG, UNKNOWN_BADGE);
    const [entry = ""] = JSON.parse(String(body["_server_messages"])) as string[];
    expect(JSON.parse(entry)).toEqual({
      message: expect.stringMatching(ENGLISH),
      title: "Message",
      indicator: "red",
      raise_exception: 1,
      __frappe_exc_id: expect.stringMatching(/^[0-9a-f]{56}$/),
    });
  });

  it("has as_table in each message of version 16", async () => {
    const { hr } = await start({ profile: 16 });
    const { body } = await hr.post(ADD_LOG, UNKNOWN_BADGE);
    const [entry = ""] = JSON.parse(String(body["_server_messages"])) as string[];
    expect(JSON.parse(entry)).toHaveProperty("as_table");
  });

  it("writes letters outside ASCII as escapes", async () => {
    const { hr } = await start();
    const reply = await hr.get(`${EMPLOYEE}/Đạt`);
    expect(reply.text).toContain(String.raw`\\\\u0110\\\\u1ea1t`);
  });

  it("escapes quotes inside messages so that they parse", async () => {
    const { hr } = await start();
    const reply = await hr.post(CHECKIN, { employee: "HR-EMP-00001", time: "2020-01-06 08:00:00", log_type: 'A "B"' });
    expect(reply.messages).toEqual([' Log Type cannot be "A "B"". It should be one of "", "IN", "OUT"']);
  });
});

describe("the language of messages", () => {
  it("of a cookie session is the user's", async () => {
    const { site } = await start();
    site.addUser({ name: "vi@example.com", password: "p", roles: ["HR User"], language: "vi" });
    const session = await logIn(site.origin, "vi@example.com", "p");
    expect((await session.post(ADD_LOG, UNKNOWN_BADGE)).messages[0]).toMatch(VIETNAMESE);
  });

  it("of a token call is the site's in version 15, whatever Accept-Language says", async () => {
    const { hr } = await start({ settings: { siteLanguage: "vi" } });
    const reply = await hr.with({ "Accept-Language": "en" }).post(ADD_LOG, UNKNOWN_BADGE);
    expect(reply.messages[0]).toMatch(VIETNAMESE);
  });

  it("of a token call goes by Accept-Language in version 16", async () => {
    const { hr } = await start({ profile: 16 });
    const reply = await hr.with({ "Accept-Language": "vi" }).post(ADD_LOG, UNKNOWN_BADGE);
    expect(reply.messages[0]).toMatch(VIETNAMESE);
  });

  it.each([
    ["vi", VIETNAMESE],
    ["en", ENGLISH],
  ] as const)("is %s when _lang in the body says so", async (language, expected) => {
    const { hr } = await start({ settings: { siteLanguage: language === "vi" ? "en" : "vi" } });
    expect((await hr.post(ADD_LOG, { ...UNKNOWN_BADGE, _lang: language })).messages[0]).toMatch(expected);
  });

  it("is not changed by _lang in the query beside a JSON body", async () => {
    const { hr } = await start();
    const reply = await hr.call("POST", ADD_LOG, { query: { _lang: "vi" }, json: UNKNOWN_BADGE });
    expect(reply.messages[0]).toMatch(ENGLISH);
  });

  it("translates the duplicate's text but not its link", async () => {
    const { hr } = await start();
    const log = { employee: "HR-EMP-00001", time: "2020-01-06 08:00:00", _lang: "vi" };
    await hr.post(CHECKIN, log);
    expect((await hr.post(CHECKIN, log)).messages[0]).toMatch(
      /^Nhân viên này đã có một nhật ký với cùng dấu thời gian\. <Br><a href="\/app\/Form\/Employee Checkin\/EMP-CKIN-/,
    );
  });
});

describe("an error as a page", () => {
  it.each(["text/html", "text/plain, */*"])("comes for Accept: %s", async (accept) => {
    const { hr } = await start();
    const reply = await hr.with({ Accept: accept }).get(`${EMPLOYEE}/NOPE`);
    expect([reply.status, reply.contentType]).toEqual([404, "text/html; charset=utf-8"]);
  });

  it.each(["*/*", "application/json, text/html"])("does not come for Accept: %s", async (accept) => {
    const { hr } = await start();
    expect((await hr.with({ Accept: accept }).get(`${EMPLOYEE}/NOPE`)).excType).toBe("DoesNotExistError");
  });
});

describe("an address that does not exist", () => {
  it.each(["/api/nothing", "/api/resource"])("%s is 404 with exc_type only", async (path) => {
    const { hr } = await start();
    const reply = await hr.get(path);
    expect([reply.status, reply.body]).toEqual([404, { exc_type: "DoesNotExistError" }]);
  });

  it("knows /api/v1 from version 15 on", async () => {
    const { hr } = await start({ profile: 15 });
    expect((await hr.get("/api/v1/resource/Employee")).status).toBe(200);
  });

  it("does not know /api/v1 in version 14", async () => {
    const { hr } = await start({ profile: 14 });
    expect((await hr.get("/api/v1/resource/Employee")).status).toBe(404);
  });

  it("is an unknown DocType: 404 for an administrator, 403 for others", async () => {
    const { hr, admin } = await start();
    const seen = await admin.get("/api/resource/Nope");
    expect([seen.status, seen.messages]).toEqual([404, ["DocType Nope not found"]]);
    const hidden = await hr.get("/api/resource/Nope");
    expect([hidden.status, hidden.body["_error_message"]]).toEqual([403, "No permission for DocType"]);
  });

  it("is a method of an app that is not installed", async () => {
    const { hr } = await start({ hrms: null });
    const reply = await hr.post(ADD_LOG, UNKNOWN_BADGE);
    expect([reply.status, reply.messages[0]]).toEqual([417, "App hrms is not installed"]);
  });
});
