import { afterEach, describe, expect, test } from "@jest/globals";

import type { HrCheck } from "@tandem/contracts/domain/hr-site.ts";

import { systemClock } from "../../../connector/platform/clock.ts";
import type { Grant, SiteOptions } from "../../doubles/frappe-site/site-options.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { type DirectoryOptions, directoryTo as fastDirectoryTo } from "../../support/frappe-directory.ts";

let site: FrappeSite;

/** With this PC's real clock, because clocks are compared. */
const directoryTo = (to: FrappeSite, options: DirectoryOptions = {}) =>
  fastDirectoryTo(to, { clock: systemClock, ...options });
afterEach(() => site.stop());

const EMPLOYEES = [{ first_name: "An" }];

async function checkOf(options: SiteOptions, directory: DirectoryOptions = {}): Promise<HrCheck> {
  site = await FrappeSite.start({ employees: EMPLOYEES, ...options });
  return await directoryTo(site, directory).check();
}

const failures = (check: HrCheck) =>
  check.findings.filter(({ ok }) => ok === false).map(({ id, code }) => `${id} ${code}`);
const finding = (check: HrCheck, id: string) => check.findings.find((one) => one.id === id);

/** A user with exactly these rights on Employee Checkin, and the right to read the rest. */
function userWith(level0: Grant["rights"], level1: Grant["rights"]): SiteOptions {
  const role = "Attendance Device";
  return {
    users: [{ name: "device@example.com", roles: [role], apiKey: "hr-key", apiSecret: "hr-secret" }],
    grants: {
      Employee: [{ role, level: 0, rights: ["read"] }],
      "Shift Type": [{ role, level: 0, rights: ["read"] }],
      "Employee Checkin": [
        { role, level: 0, rights: level0 },
        { role, level: 1, rights: level1 },
      ],
    },
  };
}

describe("checking a Frappe site", () => {
  test.each([14, 15, 16] as const)(
    "proves version %i, user, roles, rights and kept time, and leaves no trace",
    async (profile) => {
      const check = await checkOf({ profile });
      expect(failures(check)).toEqual([]);
      expect(check).toMatchObject({ ok: true, user: "hr@example.com", clockSkewSeconds: expect.any(Number) });
      expect(check.roles).toEqual(expect.arrayContaining(["HR Manager", "HR User"]));
      expect(check.versions.frappe).toMatch(new RegExp(`^${profile}\\.`));
      expect(check.versions.hrms).not.toBeNull();
      expect(finding(check, "time-kept")).toMatchObject({ ok: true, details: { removed: true } });
      expect(site.data.rows("Employee Checkin")).toEqual([]);
    },
  );

  test("carries no cookie and signs nobody out", async () => {
    await checkOf({});
    expect(site.requests.all().every(({ headers }) => headers["cookie"] === undefined)).toBe(true);
    expect(site.requests.all().every(({ headers }) => headers["accept-language"] === "en")).toBe(true);
    expect(site.requests.to("/api", "POST").every(({ body }) => body.includes('"_lang":"en"'))).toBe(true);
  });

  test("writes its probe so that it can never count", async () => {
    await checkOf({});
    const [probe] = site.requests.to("/api/resource/Employee Checkin", "POST");
    expect(JSON.parse(probe?.body ?? "{}")).toMatchObject({
      skip_auto_attendance: 1,
      time: expect.stringMatching(/^199\d-/),
    });
  });

  test("finds the site's zone by its clock, and this PC's own zone goes first", async () => {
    const check = await checkOf({ zone: "Asia/Ho_Chi_Minh" }, { localZone: "Asia/Bangkok" });
    expect(check.zone).toBe("Asia/Bangkok");
    expect(finding(check, "zone")).toMatchObject({ ok: true, details: { source: "clock", offsetMinutes: 420 } });
  });

  test("takes the usual zone of the offset when this PC is elsewhere", async () => {
    expect((await checkOf({ zone: "Asia/Ho_Chi_Minh" }, { localZone: "Europe/Berlin" })).zone).toBe("Asia/Ho_Chi_Minh");
  });

  test("does not guess where clocks are changed", async () => {
    const check = await checkOf({ zone: "America/New_York" }, { localZone: "Asia/Bangkok" });
    expect(check).toMatchObject({ ok: true, zone: null });
    expect(finding(check, "zone")).toMatchObject({ ok: null, code: "hr.zone-unknown" });
  });

  test("proves the zone the operator gave", async () => {
    const check = await checkOf({ zone: "America/New_York" }, { zone: "America/New_York" });
    expect(check).toMatchObject({ ok: true, zone: "America/New_York" });
    expect(finding(check, "zone")?.details).toMatchObject({ source: "operator", proven: true });
  });

  test("refuses a zone that the site's clock contradicts", async () => {
    const check = await checkOf({ zone: "Asia/Ho_Chi_Minh" }, { zone: "Asia/Tokyo" });
    expect(check.ok).toBe(false);
    expect(failures(check)).toEqual(["zone hr.zone-mismatch"]);
  });

  test("tells how far this PC's clock is off, and takes the zone from the site's own clock", async () => {
    const wrong = { ...systemClock, now: () => Date.now() - 3 * 60 * 60_000 };
    const check = await checkOf({}, { clock: wrong });
    expect(Math.abs((check.clockSkewSeconds ?? 0) - 10_800)).toBeLessThan(5);
    expect(check).toMatchObject({ ok: true, zone: "Asia/Ho_Chi_Minh" });
    expect(failures(check)).toEqual(["clock hr.clock-skew"]);
  });

  test("a clock that is a little off stops nothing", async () => {
    site = await FrappeSite.start({ employees: EMPLOYEES });
    site.faults.clockSkewMs = 120_000;
    const check = await directoryTo(site).check();
    expect(check).toMatchObject({ ok: true, zone: "Asia/Ho_Chi_Minh" });
    expect(failures(check)).toEqual(["clock hr.clock-skew"]);
  });

  test("catches a site that replaces the time, and takes the wrong record away", async () => {
    const check = await checkOf(userWith(["create", "read", "delete"], ["read"]));
    expect(check.ok).toBe(false);
    expect(failures(check)).toEqual(["time-kept hr.time-replaced"]);
    expect(site.data.rows("Employee Checkin")).toEqual([]);
  });

  test("names the records that it could not delete", async () => {
    const check = await checkOf(userWith(["create", "read"], ["read", "write"]));
    const [left] = site.data.rows("Employee Checkin");
    expect(check.ok).toBe(true);
    expect(finding(check, "time-kept")?.details).toMatchObject({ removed: false, left: [left?.name] });
  });

  test("does not pile up records that it cannot delete", async () => {
    site = await FrappeSite.start({ employees: EMPLOYEES, ...userWith(["create", "read"], ["read", "write"]) });
    for (let times = 0; times < 5; times += 1) expect(await directoryTo(site).check()).toMatchObject({ ok: true });
    expect(site.data.rows("Employee Checkin")).toHaveLength(3);
  });

  test("clears up what an interrupted check left behind", async () => {
    site = await FrappeSite.start({ employees: EMPLOYEES });
    site.addRecord("Employee Checkin", {
      name: "EMP-CKIN-old",
      employee: "HR-EMP-00001",
      time: "1991-01-01 00:00:01",
      device_id: "Tandem check",
    });
    await directoryTo(site).check();
    expect(site.data.rows("Employee Checkin")).toEqual([]);
  });

  test.each([
    ["create", ["read"]],
    ["read", ["create", "delete"]],
  ] as const)("names the missing right to %s punches", async (right, rights) => {
    const check = await checkOf(userWith(rights, ["read", "write"]));
    expect(check.ok).toBe(false);
    expect(check.findings).toContainEqual({
      id: "permission",
      ok: false,
      code: "hr.permission-missing",
      details: { doctype: "Employee Checkin", right },
    });
  });

  test("cannot prove the time without an employee and says so", async () => {
    const check = await checkOf({ employees: [] });
    expect(finding(check, "time-kept")).toMatchObject({ ok: null, code: "hr.no-employees" });
    expect(finding(check, "zone")).toMatchObject({ ok: null, code: "hr.zone-unknown" });
  });

  test("says when the site demands a location for each punch", async () => {
    const check = await checkOf({ settings: { geolocationTracking: true } });
    expect(failures(check)).toEqual(["time-kept hr.geolocation-required"]);
  });

  test("says when the HR app is missing", async () => {
    expect(failures(await checkOf({ hrms: null }))).toEqual(["version hr.no-hrms"]);
  });

  test("says when the key is wrong", async () => {
    const check = await checkOf({}, { secret: "wrong" });
    expect(failures(check)).toEqual(["credentials hr.bad-credentials"]);
    expect(check).toMatchObject({ ok: false, user: null });
  });

  test("says when nothing answers", async () => {
    site = await FrappeSite.start();
    await site.refuseConnections();
    expect(failures(await directoryTo(site).check())).toEqual(["reachable hr.unreachable"]);
  });

  test("says when a proxy's own sign-in page answers", async () => {
    site = await FrappeSite.start();
    site.faults.proxyLogin = true;
    expect(failures(await directoryTo(site).check())).toEqual(["reachable hr.not-frappe"]);
  });

  test("says when the site is being updated", async () => {
    site = await FrappeSite.start();
    site.faults.add({ kind: "session-stopped" });
    expect(failures(await directoryTo(site).check())).toEqual(["reachable hr.maintenance"]);
  });
});
