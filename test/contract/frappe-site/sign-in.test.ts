import { afterEach, describe, expect, it } from "@jest/globals";

import type { StartOptions } from "../../doubles/frappe-site/site.ts";

import { logIn, readCsrfToken } from "./support/signed-in.ts";
import { SiteClient } from "./support/site-client.ts";
import { HR, INSERT_MANY, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let running: TestSite | null = null;

async function start(options: StartOptions = {}): Promise<TestSite> {
  running = await startTestSite(options);
  return running;
}

afterEach(async () => {
  await running?.site.stop();
  running = null;
});

const LOGGED_USER = "/api/method/frappe.auth.get_logged_user";

describe("cookies", () => {
  it("of a session are set again by every answer", async () => {
    const { site } = await start();
    const session = await logIn(site.origin, HR.user, HR.password);
    expect((await session.get(LOGGED_USER)).cookies).toEqual({
      sid: [...site.data.sessions.keys()][0],
      system_user: "yes",
      full_name: "Nh%C3%A2n%20S%E1%BB%B1",
      user_id: "hr%40example.com",
      user_image: "",
    });
  });

  it("carry user_lang instead of user_image in version 16", async () => {
    const { guest } = await start({ profile: 16 });
    expect(Object.keys((await guest.get("/api/method/ping")).cookies)).toEqual([
      "sid",
      "system_user",
      "full_name",
      "user_id",
      "user_lang",
    ]);
  });

  it("of the session are HttpOnly, SameSite=Lax and live 170 hours", async () => {
    const { guest } = await start();
    expect((await guest.get("/api/method/ping")).cookieLines[0]).toMatch(
      /^sid=Guest; Expires=.+ GMT; Max-Age=612000; HttpOnly; Path=\/; SameSite=Lax$/,
    );
  });

  it("are not set at all by a failed sign-in", async () => {
    const { guest } = await start();
    const reply = await guest.call("POST", "/api/method/login", { form: { usr: HR.user, pwd: "no" } });
    expect([reply.status, reply.cookieLines]).toEqual([401, []]);
  });

  it("are taken away by a wrong token, in version 16 too", async () => {
    const { site } = await start({ profile: 16 });
    const session = await logIn(site.origin, HR.user, HR.password);
    const reply = await session.with({ Authorization: "token hr-key:wrong" }).get(LOGGED_USER);
    expect([reply.status, reply.cookies]).toEqual([
      401,
      { sid: "", system_user: "", full_name: "", user_id: "", user_lang: "" },
    ]);
  });

  it("deleted by a wrong token leave the session alive on the server", async () => {
    const { site } = await start();
    const session = await logIn(site.origin, HR.user, HR.password);
    await session.with({ Authorization: "token hr-key:wrong" }).get(LOGGED_USER);
    expect((await session.get(LOGGED_USER)).status).toBe(200);
  });
});

describe("a token beside a live cookie", () => {
  it("is answered as the cookie's user", async () => {
    const { site } = await start();
    const session = await logIn(site.origin, HR.user, HR.password);
    const reply = await session.with({ Authorization: "token admin-key:admin-secret" }).get(LOGGED_USER);
    expect(reply.body["message"]).toBe(HR.user);
  });

  it("needs the CSRF token for a write", async () => {
    const { site } = await start();
    const session = await logIn(site.origin, HR.user, HR.password);
    const csrf = await readCsrfToken(session, "/app");
    const both = session.with({ Authorization: "token hr-key:hr-secret" });
    expect((await both.post(INSERT_MANY, { docs: [] })).status).toBe(400);
    expect((await both.with({ "X-Frappe-CSRF-Token": csrf }).post(INSERT_MANY, { docs: [] })).status).toBe(200);
  });
});

describe("an authorization header", () => {
  it.each(["token hr-key", "token :", "token nobody:secret", "Bearer abc", "Digest abc"])(
    "%s is 401",
    async (value) => {
      const { guest } = await start();
      const reply = await guest.with({ Authorization: value }).get(LOGGED_USER);
      expect([reply.status, reply.excType]).toEqual([401, "AuthenticationError"]);
    },
  );

  it("of one word is no sign-in at all", async () => {
    const { guest } = await start();
    expect((await guest.with({ Authorization: "abc" }).get("/api/method/ping")).status).toBe(200);
  });

  it.each([
    [15, 200],
    [16, 401],
  ] as const)("of a disabled user answers in version %i with %i", async (profile, status) => {
    const { site, guest } = await start({ profile });
    site.addUser({ name: "off@example.com", roles: ["HR User"], apiKey: "k", apiSecret: "s", enabled: false });
    expect((await guest.with({ Authorization: "token k:s" }).get(LOGGED_USER)).status).toBe(status);
  });
});

describe("a session", () => {
  it("survives a restart of the site", async () => {
    const first = await start();
    const session = await logIn(first.site.origin, HR.user, HR.password);
    await first.site.stop();
    const second = await start({ data: first.site.data });
    const moved = new SiteClient(second.site.origin, {
      Cookie: `sid=${[...first.site.data.sessions.keys()][0] ?? ""}`,
    });
    expect((await moved.get(LOGGED_USER)).body["message"]).toBe(HR.user);
    expect(session.origin).not.toBe("");
  });

  it("is over after signing out", async () => {
    const { site } = await start();
    const session = await logIn(site.origin, HR.user, HR.password);
    await session.get("/api/method/logout");
    const reply = await session.get(LOGGED_USER);
    expect([reply.status, reply.body["session_expired"]]).toEqual([403, 1]);
  });

  it("of a guest on version 16 is refused without a traceback", async () => {
    const { guest } = await start({ profile: 16 });
    expect(Object.keys((await guest.get(LOGGED_USER)).body)).toEqual(["exc_type", "_server_messages"]);
  });
});

describe("generate_keys", () => {
  const GENERATE = "/api/method/frappe.core.doctype.user.user.generate_keys";

  it.each([
    [15, ["api_secret"]],
    [16, ["api_key", "api_secret"]],
  ] as const)("of version %i shows %j", async (profile, keys) => {
    const { admin } = await start({ profile });
    const reply = await admin.post(GENERATE, { user: HR.user });
    expect(Object.keys(reply.body["message"] as object)).toEqual(keys);
  });

  it("makes the old secret void", async () => {
    const { admin, hr } = await start();
    await admin.post(GENERATE, { user: HR.user });
    expect((await hr.get(LOGGED_USER)).status).toBe(401);
  });
});
