import { logIn, readCsrfToken } from "../support/signed-in.ts";
import { SiteClient } from "../support/site-client.ts";

import { INSERT_MANY, LOGGED_USER } from "./probe.ts";
import type { Probe, ProbeRun } from "./probe.ts";

const GUEST_COOKIES = { sid: "Guest", system_user: "no", full_name: "Guest", user_id: "Guest" };
const NOTHING = { docs: [] };

function authorization(run: ProbeRun, secret = run.credentials.apiSecret): Record<string, string> {
  return { Authorization: `token ${run.credentials.apiKey}:${secret}` };
}

function newSession(run: ProbeRun): Promise<SiteClient> {
  return logIn(run.origin, run.credentials.user, run.credentials.password);
}

/** `frappe-hr.md` §14.6. */
export const SIGN_IN_PROBES: readonly Probe[] = [
  {
    id: "14.6-login",
    what: "sign-in answers the home page and readable cookies",
    ask: (run) =>
      run.guest.call("POST", "/api/method/login", {
        form: { usr: run.credentials.user, pwd: run.credentials.password },
      }),
    want: (run) => ({
      status: 200,
      keys: ["message", "home_page", "full_name"],
      body: { message: "Logged In", home_page: run.desk },
      cookies: { system_user: "yes", user_id: encodeURIComponent(run.credentials.user) },
    }),
  },
  {
    id: "14.6-wrong-password",
    what: "a wrong password is 401 with a message",
    ask: (run) => run.guest.call("POST", "/api/method/login", { form: { usr: run.credentials.user, pwd: "wrong" } }),
    want: { status: 401, excType: "AuthenticationError", body: { message: "Invalid login credentials" } },
  },
  {
    id: "14.6-cookies-guest",
    what: "a guest's answer sets the guest's cookies",
    ask: (run) => run.guest.get("/api/method/ping"),
    want: { status: 200, cookies: GUEST_COOKIES },
  },
  {
    id: "14.6-cookies-token",
    what: "a token call without a cookie sets the guest's cookies",
    ask: (run) => run.token.get(LOGGED_USER),
    want: (run) => ({ status: 200, body: { message: run.credentials.user }, cookies: GUEST_COOKIES }),
  },
  {
    id: "14.6-csrf-missing",
    what: "a write with a Desk session and no CSRF token is 400 without a traceback",
    ask: (run) => run.session.post(INSERT_MANY, NOTHING),
    want: {
      status: 400,
      excType: "CSRFTokenError",
      message: "Invalid Request",
      keys: ["exc_type", "_server_messages"],
    },
  },
  {
    id: "14.6-csrf-wrong",
    what: "a wrong CSRF token is 400",
    ask: (run) => run.session.with({ "X-Frappe-CSRF-Token": "wrong" }).post(INSERT_MANY, NOTHING),
    want: { status: 400, excType: "CSRFTokenError" },
  },
  {
    id: "14.6-csrf-right",
    what: "the right CSRF token passes",
    ask: (run) => run.session.with({ "X-Frappe-CSRF-Token": run.csrfToken }).post(INSERT_MANY, NOTHING),
    want: { status: 200, keys: ["message"] },
  },
  {
    id: "14.6-csrf-form",
    what: "the CSRF token may stand in the form",
    ask: (run) => run.session.call("POST", INSERT_MANY, { form: { docs: "[]", csrf_token: run.csrfToken } }),
    want: { status: 200 },
  },
  {
    id: "14.6-csrf-get",
    what: "GET is never checked",
    ask: (run) => run.session.get(LOGGED_USER),
    want: (run) => ({ status: 200, body: { message: run.credentials.user } }),
  },
  {
    id: "14.6-api-session",
    what: "a session that never loaded a Desk page passes without a CSRF token",
    ask: async (run) => (await newSession(run)).post(INSERT_MANY, NOTHING),
    want: { status: 200 },
  },
  {
    id: "14.6-old-csrf",
    what: "after a new sign-in and a new Desk page the old CSRF token is 400",
    ask: async (run) => {
      const session = await newSession(run);
      await readCsrfToken(session, run.desk);
      return session.with({ "X-Frappe-CSRF-Token": run.csrfToken }).post(INSERT_MANY, NOTHING);
    },
    want: { status: 400, excType: "CSRFTokenError" },
  },
  {
    id: "14.6-one-token",
    what: "one CSRF token per session: the page loaded again shows the same",
    ask: async (run) => {
      const again = await readCsrfToken(run.session, run.desk);
      return run.session
        .with({ "X-Frappe-CSRF-Token": again === run.csrfToken ? again : "" })
        .post(INSERT_MANY, NOTHING);
    },
    want: { status: 200 },
  },
  {
    id: "14.6-cookie-wins",
    what: "a valid token with a live cookie is still checked for CSRF",
    ask: (run) => run.session.with(authorization(run)).post(INSERT_MANY, NOTHING),
    want: { status: 400, excType: "CSRFTokenError" },
  },
  {
    id: "14.6-wrong-token",
    what: "a wrong token without a cookie is 401",
    ask: (run) => run.guest.with(authorization(run, "wrong")).get(LOGGED_USER),
    want: { status: 401, excType: "AuthenticationError" },
  },
  {
    id: "14.6-wrong-token-cookie",
    what: "a wrong token with a live cookie is 401 and deletes the cookies",
    ask: async (run) => (await newSession(run)).with(authorization(run, "wrong")).get(LOGGED_USER),
    want: { status: 401, cookies: { sid: "", system_user: "", user_id: "", full_name: "" } },
  },
  {
    id: "14.6-basic",
    what: "key and secret may come as Basic",
    ask: (run) => {
      const pair = Buffer.from(`${run.credentials.apiKey}:${run.credentials.apiSecret}`).toString("base64");
      return run.guest.with({ Authorization: `Basic ${pair}` }).get(LOGGED_USER);
    },
    want: (run) => ({ status: 200, body: { message: run.credentials.user } }),
  },
  {
    id: "14.6-guest",
    what: "no session is 403, not 401",
    ask: (run) => run.guest.get(LOGGED_USER),
    want: { status: 403, excType: "PermissionError", message: /is not whitelisted/ },
  },
  {
    id: "14.6-dead-sid",
    what: "a dead sid is 403 with session_expired",
    ask: (run) => run.guest.with({ Cookie: "sid=dead" }).get(LOGGED_USER),
    want: { status: 403, excType: "PermissionError", body: { session_expired: 1 } },
  },
  {
    id: "14.6-dead-sid-token",
    what: "a dead sid with a valid token works and says session_expired",
    ask: (run) => run.token.with({ Cookie: "sid=dead" }).get(LOGGED_USER),
    want: (run) => ({
      status: 200,
      keys: ["session_expired", "message"],
      body: { session_expired: 1, message: run.credentials.user },
    }),
  },
  {
    id: "14.6-generate-keys",
    what: "only a System Manager may make keys",
    ask: (run) =>
      run.token.post("/api/method/frappe.core.doctype.user.user.generate_keys", { user: run.credentials.user }),
    want: { status: 403, excType: "PermissionError" },
  },
];
