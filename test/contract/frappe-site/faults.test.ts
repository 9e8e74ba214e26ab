import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";

import { SiteClient } from "./support/site-client.ts";
import { CHECKIN, EMPLOYEE, HR, INSERT_MANY, startTestSite } from "./support/test-site.ts";
import type { TestSite } from "./support/test-site.ts";

let at: TestSite;

beforeEach(async () => {
  at = await startTestSite({ employees: [{}, {}] });
});

afterEach(() => at.site.stop());

const log = (time: string, employee = "HR-EMP-00001"): Record<string, unknown> => ({ employee, time });
const NINE = log("2020-01-06 09:00:00");
const stored = (): number => at.site.data.rows("Employee Checkin").length;

/** Sends a log and gives up as soon as the site has dealt with it, as far as it ever will. */
async function sendAndGiveUp(): Promise<void> {
  const giveUp = new AbortController();
  const sent = at.hr.call("POST", CHECKIN, { json: NINE, signal: giveUp.signal });
  while (at.site.requests.to(CHECKIN, "POST").length === 0) await new Promise(setImmediate);
  await new Promise(setImmediate);
  giveUp.abort();
  await expect(sent).rejects.toThrow();
}

describe("a request that gets no answer", () => {
  it.each([
    ["hang-before-commit", 0],
    ["hang-after-commit", 1],
  ] as const)("by %s leaves %i rows", async (kind, rows) => {
    at.site.faults.add({ kind }, { path: CHECKIN });
    await sendAndGiveUp();
    expect([stored(), at.site.requests.to(CHECKIN)[0]?.status]).toEqual([rows, 0]);
  });

  it.each([
    ["reset", 0],
    ["reset-after-commit", 1],
    ["cut-answer", 1],
  ] as const)("by %s leaves %i rows", async (kind, rows) => {
    at.site.faults.add({ kind }, { path: CHECKIN });
    await expect(at.hr.post(CHECKIN, NINE)).rejects.toThrow();
    expect(stored()).toBe(rows);
  });

  it("cannot even connect while the site refuses connections, and can again on the same port", async () => {
    const { origin } = at.site;
    await at.site.refuseConnections();
    await expect(at.hr.get("/api/method/ping")).rejects.toThrow();
    await at.site.acceptConnections();
    expect(at.site.origin).toBe(origin);
    expect((await at.hr.get("/api/method/ping")).status).toBe(200);
  });
});

describe("an answer that is an error of the way, not of the work", () => {
  it.each([
    ["bad-gateway", 502, "text/html", 0],
    ["gateway-timeout-after-commit", 504, "text/html", 1],
    ["session-stopped", 503, "application/json", 0],
    ["read-only", 503, "application/json", 0],
    ["deadlock", 500, "application/json", 0],
  ] as const)("%s is %i as %s with %i rows stored", async (kind, status, type, rows) => {
    at.site.faults.add({ kind }, { path: CHECKIN, method: "POST" });
    const reply = await at.hr.post(CHECKIN, NINE);
    expect([reply.status, reply.contentType, stored()]).toEqual([status, type, rows]);
  });

  it("the site being updated may come as a page", async () => {
    at.site.faults.add({ kind: "session-stopped", page: true });
    const reply = await at.hr.post(CHECKIN, NINE);
    expect([reply.status, reply.contentType]).toEqual([503, "text/html"]);
  });

  it("too-many-requests says when to come again", async () => {
    at.site.faults.add({ kind: "too-many-requests", retryAfterSeconds: 7 });
    const reply = await at.hr.post(CHECKIN, NINE);
    expect([reply.status, reply.headers.get("retry-after"), reply.excType]).toEqual([429, "7", "TooManyRequests"]);
  });

  it("slow answers come all the same", async () => {
    at.site.faults.add({ kind: "slow", ms: 5 });
    expect((await at.hr.post(CHECKIN, NINE)).status).toBe(200);
  });

  it("strikes as often as told and only where told", async () => {
    at.site.faults.add({ kind: "bad-gateway" }, { path: CHECKIN, method: "POST" }, 2);
    const statuses = [(await at.hr.get(CHECKIN)).status];
    for (let times = 0; times < 3; times++) statuses.push((await at.hr.post(CHECKIN, NINE)).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  it("a proxy's login page answers everything until its cookie is there", async () => {
    at.site.faults.proxyLogin = true;
    const reply = await at.hr.get(EMPLOYEE);
    expect([reply.status, reply.contentType]).toEqual([200, "text/html; charset=utf-8"]);
    const signedIn = await at.guest.post("/.proxy/sign-in");
    const cookie = `proxy_session=${signedIn.cookies["proxy_session"] ?? ""}`;
    expect((await at.hr.with({ Cookie: cookie }).get(EMPLOYEE)).status).toBe(200);
  });
});

describe("rows chosen to be refused", () => {
  it("fail alone, and their batch with them", async () => {
    at.site.faults.refuseRows("Employee Checkin", (doc) => doc["employee"] === "HR-EMP-00002", "Không được");
    const docs = [NINE, log("2020-01-06 09:00:00", "HR-EMP-00002")].map((one) => ({
      doctype: "Employee Checkin",
      ...one,
    }));
    const batch = await at.hr.post(INSERT_MANY, { docs });
    expect([batch.status, batch.messages, stored()]).toEqual([417, ["Không được"], 0]);
    expect((await at.hr.post(CHECKIN, NINE)).status).toBe(200);
  });
});

describe("the site's clock", () => {
  it("shows naive time of its zone, ahead or behind when told", async () => {
    const { site, hr } = await startTestSite({
      employees: [{}],
      zone: "Asia/Tokyo",
      now: () => Date.parse("2026-11-24T00:00:00.123Z"),
    });
    const first = await hr.put(`${EMPLOYEE}/HR-EMP-00001`, { employee_number: "1" });
    expect(first.body["data"]).toHaveProperty("modified", expect.stringMatching(/^2026-11-24 09:00:00\.\d{6}$/));
    site.faults.clockSkewMs = -90_000;
    const second = await hr.put(`${EMPLOYEE}/HR-EMP-00001`, { employee_number: "2" });
    expect(second.body["data"]).toHaveProperty("modified", expect.stringMatching(/^2026-11-24 08:58:30\./));
    await site.stop();
  });
});

describe("a restart", () => {
  it("keeps records, number series and sessions in the data object", async () => {
    await at.hr.post(CHECKIN, NINE);
    await at.site.stop();
    const again = await FrappeSite.start({ data: at.site.data });
    const client = SiteClient.withToken(again.origin, HR.apiKey, HR.apiSecret);
    expect((await client.post(CHECKIN, NINE)).status).toBe(417);
    const next = await client.post(CHECKIN, log("2020-01-06 10:00:00"));
    expect(next.body["data"]).toHaveProperty("name", expect.stringMatching(/-000002$/));
    await again.stop();
  });

  it("stops though requests hang", async () => {
    at.site.faults.add({ kind: "hang-before-commit" });
    const hanging = at.hr.get("/api/method/ping");
    const cut = expect(hanging).rejects.toThrow();
    while (at.site.requests.all().length === 0) await new Promise(setImmediate);
    await at.site.stop();
    await cut;
  });
});

describe("a large site", () => {
  it("holds 2,500 employees and 10,000 logs", async () => {
    const { site, hr } = await startTestSite({
      employees: Array.from({ length: 2500 }, (_, number) => ({ attendance_device_id: String(number) })),
    });
    for (let batch = 0; batch < 50; batch++) {
      const docs = Array.from({ length: 200 }, (_, row) => ({
        doctype: "Employee Checkin",
        employee: `HR-EMP-${String(((batch * 200 + row) % 2500) + 1).padStart(5, "0")}`,
        time: `2020-01-${String(Math.floor((batch * 200 + row) / 2500) + 1).padStart(2, "0")} 08:00:00`,
      }));
      expect((await hr.post(INSERT_MANY, { docs })).status).toBe(200);
    }
    const query = { doctype: "Employee Checkin", filters: [["employee", "=", "HR-EMP-02500"]] };
    expect((await hr.get("/api/method/frappe.client.get_count", query)).body).toEqual({ message: 4 });
    expect(site.data.rows("Employee Checkin")).toHaveLength(10_000);
    await site.stop();
  });
});
