import { afterEach, describe, expect, test } from "@jest/globals";

import type { HrEvent, HrOutcome } from "../../../connector/hr/directory.ts";
import type { FaultKind } from "../../doubles/frappe-site/faults.ts";
import { crash } from "../../doubles/frappe-site/rest/frappe-error.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { checkinsOf, directoryTo, event } from "../../support/frappe-directory.ts";

const INSERT = "/api/method/frappe.client.insert_many";

let site: FrappeSite;
afterEach(() => site.stop());

const employees = (count: number) => Array.from({ length: count }, () => ({}));
const id = (number: number) => `HR-EMP-${String(number).padStart(5, "0")}`;

/** `count` events of `people` people, one a minute from 8 o'clock on. */
function events(count: number, people = 5): HrEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const minute = Math.floor(index / people);
    const at = `2026-11-23T${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;
    return event(id((index % people) + 1), at, index % 2 === 0 ? "IN" : "OUT");
  });
}

const expected = (sent: readonly HrEvent[]) =>
  sent.map(({ personId, at, logType }) => `${personId} ${at.replace("T", " ")} ${logType}`).sort();

const summary = (outcomes: readonly HrOutcome[]) =>
  outcomes.map((one) => ("error" in one ? `${one.state} ${one.error.code}` : one.state));

const counted = (outcomes: readonly HrOutcome[]) => {
  const counts: Record<string, number> = {};
  for (const text of summary(outcomes)) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
};

/** What the double stored, with its times cut to seconds: releases before HRMS 15.39.2 keep more. */
const stored = () => checkinsOf(site);

/** Outcomes of one delivery; the fault tests look at why it stopped as well. */
async function deliver(
  sent: readonly HrEvent[],
  progress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<readonly HrOutcome[]> {
  return (await directoryTo(site).deliver(sent, progress, signal)).outcomes;
}

describe("delivering to a Frappe site", () => {
  test.each([14, 15, 16] as const)("stores every event of version %i as it is, in few requests", async (profile) => {
    site = await FrappeSite.start({ profile, employees: employees(5) });
    const sent = events(500);
    const outcomes = await deliver(sent);
    expect(counted(outcomes)).toEqual({ stored: 500 });
    expect(stored()).toEqual(expected(sent));
    expect(site.requests.all().length).toBeLessThan(100);
    const record = outcomes[7] !== undefined && "record" in outcomes[7] ? outcomes[7].record : "";
    expect(site.data.get("Employee Checkin", record)).toMatchObject({
      employee: sent[7]?.personId,
      device_id: "Gate 1",
    });
  });

  test("again stores nothing and names the records", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    const sent = events(120);
    const first = await deliver(sent);
    const second = await deliver(sent);
    expect(counted(second)).toEqual({ present: 120 });
    expect(second.map((one) => "record" in one && one.record)).toEqual(
      first.map((one) => "record" in one && one.record),
    );
    expect(stored()).toEqual(expected(sent));
  });

  test("takes a punch that another client stored with microseconds for the same second", async () => {
    site = await FrappeSite.start({ profile: 14, employees: employees(1) });
    site.addRecord("Employee Checkin", {
      name: "EMP-CKIN-1",
      employee: id(1),
      time: "2026-11-23 08:00:00.250000",
      log_type: "IN",
    });
    expect(await deliver(events(1, 1))).toEqual([{ state: "present", record: "EMP-CKIN-1" }]);
  });

  test("keeps in, out and neither of one second apart", async () => {
    site = await FrappeSite.start({ employees: employees(1) });
    const at = "2026-11-23T08:00:00";
    const outcomes = await deliver([event(id(1), at, "IN"), event(id(1), at, "OUT"), event(id(1), at)]);
    expect(counted(outcomes)).toEqual({ stored: 3 });
  });

  test.each([14, 15, 16] as const)(
    "refuses an employee that version %i does not have, and stores no orphan",
    async (profile) => {
      site = await FrappeSite.start({ profile, employees: employees(1) });
      const at = "2026-11-23T08:00:00";
      const outcomes = await deliver([event("NOPE", at), event(id(1), at), event(id(1).toLowerCase(), at)]);
      expect(summary(outcomes)).toEqual(["refused hr.unknown-employee", "stored", "refused hr.unknown-employee"]);
      expect(stored()).toHaveLength(1);
    },
  );

  test("does not bother the site with inactive people", async () => {
    site = await FrappeSite.start({ employees: [{ status: "Inactive" }, {}] });
    const at = "2026-11-23T08:00:00";
    const outcomes = await deliver([event(id(1), at), event(id(2), at)]);
    expect(summary(outcomes)).toEqual(["refused hr.inactive-employee", "stored"]);
  });

  test("finds people whose ids make long addresses", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `Nguyễn Thị ${"Ánh Nguyệt ".repeat(8)}${index}`.trim());
    site = await FrappeSite.start({ employees: names.map((name) => ({ name })) });
    const sent = names.map((name) => event(name, "2026-11-23T08:00:00", "IN"));
    expect(counted(await deliver(sent))).toEqual({ stored: 60 });
    expect(Math.max(...site.requests.all().map(({ query }) => query.length))).toBeLessThan(8000);
  });

  test("reports progress", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    const steps: number[] = [];
    await deliver(events(120), (done) => steps.push(done));
    expect(steps.at(-1)).toBe(120);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test("stops between batches when told to, and fails the rest", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    const stop = new AbortController();
    const progress = (done: number): void => {
      if (done >= 60) stop.abort();
    };
    const outcomes = await deliver(events(200), progress, stop.signal);
    expect(counted(outcomes)).toEqual({ stored: 100, "failed hr.stopped": 100 });
    expect(stored()).toHaveLength(100);
  });
});

describe("one bad row", () => {
  test.each([0, 1, 49, 50, 77, 119])("at place %i is refused alone, with the site's own words", async (bad) => {
    site = await FrappeSite.start({ employees: employees(5) });
    const sent = events(120);
    const { personId, at } = sent[bad] ?? event("", "");
    const time = at.replace("T", " ");
    site.faults.refuseRows(
      "Employee Checkin",
      (doc) => doc["employee"] === personId && doc["time"] === time,
      "Not on <b>this</b> day &amp; place.",
    );
    const outcomes = await deliver(sent);
    expect(counted(outcomes)).toEqual({ stored: 119, "refused hr.rejected": 1 });
    expect(outcomes[bad]).toMatchObject({ error: { details: { text: "Not on this day & place.", personId } } });
    expect(stored()).toEqual(expected(sent.filter((_, index) => index !== bad)));
  });

  test("that the site knows under another client is found, not refused, in whatever language", async () => {
    site = await FrappeSite.start({ employees: employees(5), settings: { siteLanguage: "vi" } });
    const sent = events(50);
    const raced = sent[20];
    let isThere = false;
    // Another client stores the same punch after Tandem has looked and before it sends.
    site.faults.refuseRows("Employee Checkin", () => {
      if (!isThere && raced !== undefined) {
        isThere = true;
        const { personId, at, logType } = raced;
        site.addRecord("Employee Checkin", {
          name: "EMP-CKIN-X",
          employee: personId,
          time: at.replace("T", " "),
          log_type: logType,
        });
      }
      return false;
    });
    const outcomes = await deliver(sent);
    expect(counted(outcomes)).toEqual({ stored: 49, present: 1 });
    expect(stored()).toEqual(expected(sent));
  });

  test("without a log type in a shift that demands one is refused with what to do", async () => {
    site = await FrappeSite.start({
      shiftTypes: [
        { name: "Strict", determine_check_in_and_check_out: "Strictly based on Log Type in Employee Checkin" },
      ],
      employees: [{ default_shift: "Strict" }, {}],
    });
    const at = "2026-11-23T08:00:00";
    const outcomes = await deliver([event(id(1), at), event(id(2), at), event(id(1), at, "IN")]);
    expect(summary(outcomes)).toEqual(["refused hr.log-type-required", "stored", "stored"]);
  });

  test.each([
    ["fails in the site's own words", () => crash("TypeError", "unhashable type"), false],
    ["brings the application down", () => new Error("no answer of the application"), true],
  ] as const)("that %s fails alone", async (_, failure, maybeStored) => {
    site = await FrappeSite.start({ employees: employees(5) });
    const sent = events(50);
    const bad = sent[10];
    site.faults.refuseRows("Employee Checkin", (doc) => {
      if (doc["employee"] === bad?.personId && doc["time"] === bad?.at.replace("T", " ")) throw failure();
      return false;
    });
    const outcomes = await deliver(sent);
    expect(outcomes[10]).toMatchObject({ state: "failed", maybeStored });
    expect(counted(outcomes)).toEqual({ stored: 49, "failed hr.server-error": 1 });
  });
});

describe("a site in trouble", () => {
  const everyFault: readonly FaultKind[] = [
    { kind: "reset" },
    { kind: "reset-after-commit" },
    { kind: "hang-before-commit" },
    { kind: "hang-after-commit" },
    { kind: "gateway-timeout-after-commit" },
    { kind: "cut-answer" },
    { kind: "bad-gateway" },
    { kind: "too-many-requests", retryAfterSeconds: 2 },
    { kind: "session-stopped" },
    { kind: "deadlock" },
  ];

  test.each(everyFault.map((fault) => [fault.kind, fault] as const))(
    "%s: once in each kind of request, and then every event is there exactly once",
    async (_, fault) => {
      site = await FrappeSite.start({ employees: employees(5) });
      const sent = events(170);
      for (const target of [
        { path: "/api/resource/Employee" },
        { path: "/api/resource/Employee Checkin" },
        { path: INSERT },
      ]) {
        site.faults.add(fault, target, 1);
        const outcomes = await directoryTo(site)
          .deliver(sent)
          .catch((error: unknown) => error);
        expect(outcomes).toBeDefined();
      }
      const outcomes = await deliver(sent);
      expect(counted(outcomes)["failed"]).toBeUndefined();
      expect(stored()).toEqual(expected(sent));
    },
  );

  test.each([
    ["reset", { kind: "reset" }],
    ["reset-after-commit", { kind: "reset-after-commit" }],
    ["cut-answer", { kind: "cut-answer" }],
    ["bad-gateway", { kind: "bad-gateway" }],
    ["too-many-requests", { kind: "too-many-requests", retryAfterSeconds: 2 }],
    ["deadlock", { kind: "deadlock" }],
  ] as const)("%s: is overcome within the delivery when it passes", async (_, fault) => {
    site = await FrappeSite.start({ employees: employees(5) });
    site.faults.add(fault, { path: INSERT }, 2);
    const sent = events(170);
    expect(counted(await deliver(sent))).toEqual({ stored: 170 });
    expect(stored()).toEqual(expected(sent));
  });

  test.each([
    ["hang-before-commit", "hr.timeout", 1],
    ["reset", "hr.unreachable", 1],
    ["bad-gateway", "hr.server-error", 3],
  ] as const)("%s that stays: what is in doubt is marked, the rest is not tried", async (kind, code, doubts) => {
    site = await FrappeSite.start({ employees: employees(5) });
    site.faults.add({ kind }, { path: INSERT });
    const { outcomes, stopped } = await directoryTo(site).deliver(events(120));
    expect(stopped).toMatchObject({ code });
    expect(counted(outcomes)).toEqual({ [`failed ${code}`]: 120 });
    const inDoubt = outcomes.filter((one) => one.state === "failed" && one.maybeStored);
    expect(inDoubt).toHaveLength(doubts);
    expect(stored()).toEqual([]);
  });

  test("a deadlock that stays is no doubt, and the delivery gives up soon", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    site.faults.add({ kind: "deadlock" }, { path: INSERT });
    const outcomes = await deliver(events(120));
    expect(counted(outcomes)).toEqual({ "failed hr.server-error": 120 });
    expect(outcomes.every((one) => one.state === "failed" && !one.maybeStored)).toBe(true);
    expect(site.requests.to(INSERT).length).toBeLessThan(20);
  });

  test("that is down before anything could be tried throws", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    await site.refuseConnections();
    await expect(directoryTo(site).deliver(events(3))).rejects.toMatchObject({ code: "hr.unreachable" });
  });

  test("with a wrong key throws", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    await expect(directoryTo(site, { secret: "wrong" }).deliver(events(3))).rejects.toMatchObject({
      code: "hr.bad-credentials",
    });
  });

  test("that takes the delivery twice in a race is left with one record of each", async () => {
    site = await FrappeSite.start({ employees: employees(1) });
    site.faults.raceInserts("Employee Checkin", 2);
    const sent = [event(id(1), "2026-11-23T08:00:00", "IN")];
    const outcomes = await Promise.all([deliver(sent), deliver(sent)]);
    expect(outcomes.flat().map(({ state }) => state)).toEqual(["stored", "stored"]);
    expect(stored()).toEqual(expected(sent));
  });
});

describe("a site that says it stored what it did not", () => {
  test("is not believed, and not tried for long", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    const take = site.faults.take.bind(site.faults);
    site.faults.take = (method, path) => {
      const table = site.data.table("Employee Checkin");
      if (method === "GET") for (const row of [...table.rows()]) table.remove(row);
      return take(method, path);
    };
    const { outcomes, stopped } = await directoryTo(site).deliver(events(120));
    expect(stopped).toMatchObject({ code: "hr.not-kept" });
    expect(counted(outcomes)).toEqual({ "failed hr.not-kept": 120 });
    expect(outcomes.filter((one) => one.state === "failed" && one.maybeStored)).toHaveLength(3);
  });
});

describe("a site that replaces the time", () => {
  const user = { name: "device@example.com", roles: ["Device"], apiKey: "hr-key", apiSecret: "hr-secret" };
  const grants = (rights: readonly ("create" | "read" | "delete")[]) => ({
    Employee: [{ role: "Device", level: 0, rights: ["read"] }] as const,
    "Employee Checkin": [
      { role: "Device", level: 0, rights },
      { role: "Device", level: 1, rights: ["read"] },
    ] as const,
  });

  test("is found out by the first record, which is taken away, and gets no other", async () => {
    site = await FrappeSite.start({
      users: [user],
      grants: grants(["create", "read", "delete"]),
      employees: employees(5),
    });
    const outcomes = await deliver(events(120));
    expect(counted(outcomes)).toEqual({ "failed hr.time-replaced": 120 });
    expect(stored()).toEqual([]);
    expect(site.requests.to(INSERT)).toHaveLength(1);
  });

  test("is told which record is wrong when it cannot be deleted", async () => {
    site = await FrappeSite.start({ users: [user], grants: grants(["create", "read"]), employees: employees(5) });
    const [first] = await deliver(events(120));
    const [record] = site.data.rows("Employee Checkin");
    expect(first).toMatchObject({ error: { details: { records: record?.name, left: record?.name } } });
  });

  test("and hides times from the user is told by the missing right", async () => {
    site = await FrappeSite.start({
      users: [user],
      grants: {
        Employee: [{ role: "Device", level: 0, rights: ["read"] }],
        "Employee Checkin": [
          { role: "Device", level: 0, rights: ["create", "read"] },
          { role: "Device", level: 1, rights: ["write"] },
        ],
      },
      employees: employees(5),
    });
    const outcomes = await deliver(events(120));
    expect(counted(outcomes)).toEqual({ "failed hr.permission-missing": 120 });
    expect(stored()).toHaveLength(1);
  });
});

describe("a delivery's requests", () => {
  test("carry no cookie, follow one after the other, and leave a signed-in user signed in", async () => {
    site = await FrappeSite.start({ employees: employees(5) });
    const login = await fetch(`${site.origin}/api/method/login`, {
      method: "POST",
      body: new URLSearchParams({ usr: "hr@example.com", pwd: "hr-password" }),
    });
    const cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    site.requests.clear();
    await deliver(events(60));
    await directoryTo(site, { secret: "wrong" })
      .deliver(events(60))
      .catch(() => undefined);
    expect(site.requests.all().filter(({ headers }) => headers["cookie"] !== undefined)).toEqual([]);
    const who = await fetch(`${site.origin}/api/method/frappe.auth.get_logged_user`, { headers: { cookie } });
    expect(await who.json()).toEqual({ message: "hr@example.com" });
  });

  test("send naive site time and ask for English", async () => {
    site = await FrappeSite.start({ employees: employees(1) });
    await deliver(events(1, 1));
    const [insert] = site.requests.to(INSERT);
    expect(JSON.parse(insert?.body ?? "{}")).toEqual({
      docs: [
        {
          doctype: "Employee Checkin",
          employee: id(1),
          time: "2026-11-23 08:00:00",
          log_type: "IN",
          device_id: "Gate 1",
        },
      ],
      _lang: "en",
    });
  });
});
