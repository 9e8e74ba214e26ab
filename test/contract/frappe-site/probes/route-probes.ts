import type { Probe, ProbeRun } from "./probe.ts";

const NO_STORE = "no-store, no-cache, must-revalidate";
const is16 = (run: ProbeRun): boolean => run.profile === 16;
const before16 = (run: ProbeRun): boolean => run.profile < 16;

/** `frappe-hr.md` §14.1. */
export const ROUTE_PROBES: readonly Probe[] = [
  {
    id: "14.1-ping",
    what: "ping answers guests",
    ask: (run) => run.guest.get("/api/method/ping"),
    want: { status: 200, body: { message: "pong" }, keys: ["message"] },
  },
  {
    id: "14.1-signed-out",
    what: "a Desk page without a session redirects to the login page, path only",
    ask: (run) => run.guest.get(`${run.desk}/employee`, { status: "Active" }),
    want: (run) => ({ status: 301, location: `/login?redirect-to=${encodeURIComponent(`${run.desk}/employee`)}` }),
  },
  {
    id: "14.1-no-store",
    what: "redirects must not be stored",
    ask: async (run) => {
      const reply = await run.guest.get(`${run.desk}/employee`);
      return { ...reply, location: reply.headers.get("cache-control") };
    },
    want: { status: 301, location: NO_STORE },
  },
  {
    id: "14.1-desk-to-app",
    what: "up to v15 /desk goes to /app and the query is dropped",
    only: before16,
    ask: (run) => run.session.get("/desk/employee", { status: "Active" }),
    want: { status: 301, location: "/app/employee" },
  },
  {
    id: "14.1-app-to-desk",
    what: "in v16 /app goes to /desk and the query is kept",
    only: is16,
    ask: (run) => run.session.get("/app/employee", { status: "Active" }),
    want: { status: 301, location: "/desk/employee?status=Active" },
  },
  {
    id: "14.1-apps",
    what: "in v16 /apps goes to /desk",
    only: is16,
    ask: (run) => run.session.get("/apps"),
    want: { status: 301, location: "/desk" },
  },
  {
    id: "14.1-desk-page",
    what: "any path below the prefix is the Desk page",
    ask: (run) => run.session.get(`${run.desk}/employee/whatever`),
    want: { status: 200, contentType: /^text\/html/ },
  },
  {
    id: "14.1-desk-no-csp",
    what: "Desk answers carry no Content-Security-Policy",
    ask: async (run) => {
      const reply = await run.session.get(run.desk);
      return { ...reply, location: reply.headers.get("content-security-policy") ?? "none" };
    },
    want: { status: 200, location: "none" },
  },
  {
    id: "14.1-login-page",
    what: "/login is a page",
    ask: (run) => run.guest.get("/login"),
    want: { status: 200, contentType: /^text\/html/ },
  },
  {
    id: "14.1-private-file",
    what: "a private file is refused to guests",
    ask: (run) => run.guest.get("/private/files/no-such-file.jpg"),
    want: { status: 403 },
  },
  {
    id: "14.2-inline-script",
    what: "boot data between its marks is plain JSON with versions and the site's zone",
    ask: async (run) => {
      const reply = await run.session.get(run.desk);
      const start = reply.text.indexOf("frappe.boot = ") + "frappe.boot = ".length;
      const json = reply.text.slice(start, reply.text.indexOf("frappe._messages")).trim().replace(/;$/, "");
      const boot = JSON.parse(json) as {
        versions: Record<string, string>;
        time_zone: { system: string };
        user: { name: string };
      };
      const size = reply.text.length > 100_000 ? "large" : "small";
      return {
        ...reply,
        body: { hrms: boot.versions["hrms"], zone: typeof boot.time_zone.system, user: boot.user.name, size },
      };
    },
    want: (run) => ({
      status: 200,
      body: { hrms: run.hrms, zone: "string", user: run.credentials.user, size: "large" },
    }),
  },
];
