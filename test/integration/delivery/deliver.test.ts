import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Delivery } from "../../../connector/delivery/delivery.ts";
import type { SiteOptions } from "../../doubles/frappe-site/site-options.ts";
import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { DeliveryWorld } from "../../support/delivery-world.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";

const INSERT = "/api/method/frappe.client.insert_many";
const NOTHING = { delivered: 0, duplicate: 0, held: 0, refused: 0, failed: 0 };

let site: FrappeSite;
let world: DeliveryWorld;

beforeEach(async () => {
  world = await DeliveryWorld.open();
});

afterEach(async () => {
  await world.close();
  await site.stop();
});

/** A site with people, connected, and each person's user ID linked: 1 → HR-EMP-00001 and so on. */
async function start(employees: NonNullable<SiteOptions["employees"]>, options: SiteOptions = {}): Promise<void> {
  site = await FrappeSite.start({ employees, ...options });
  await world.connect(site.origin, options.zone);
  for (const [index] of employees.entries()) await world.link(String(index + 1), `HR-EMP-0000${index + 1}`);
  site.requests.clear();
}

/** Takes a record out of the double behind everybody's back. */
function remove(doctype: string, name: string): void {
  const table = site.data.table(doctype);
  const row = table.find(name);
  if (row !== undefined) table.remove(row);
}

const auditDetails = async () =>
  (await world.data.store.db.selectFrom("audit").selectAll().where("action", "=", "hr.deliver").execute()).map(
    (row): unknown => JSON.parse(row.detail),
  );

describe("a delivery", () => {
  test("brings each punch to its person, at its time, with its terminal's name", async () => {
    await start([{}, {}]);
    await world.addTerminal({ direction: "state" });
    await world.punch([
      { userId: "1", at: "2026-11-23T08:00:00", state: 0 },
      { userId: "1", at: "2026-11-23T17:00:00", state: 1 },
      { userId: "2", at: "2026-11-23T08:00:00" },
    ]);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 3 });
    expect(checkinsOf(site)).toEqual([
      "HR-EMP-00001 2026-11-23 08:00:00 IN",
      "HR-EMP-00001 2026-11-23 17:00:00 OUT",
      "HR-EMP-00002 2026-11-23 08:00:00 ",
    ]);
    expect(site.data.rows("Employee Checkin")[0]).toMatchObject({ device_id: "Gate 1" });
    const [row] = await world.ledger.list({});
    expect(row?.delivery).toMatchObject({ state: "delivered", record: expect.stringMatching(/^EMP-CKIN-/) });
  });

  test("again sends nothing at all", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    site.requests.clear();
    expect(await world.deliver()).toEqual(NOTHING);
    expect(site.requests.all()).toEqual([]);
  });

  test("counts punches that the HR app has from somebody else as duplicates", async () => {
    await start([{}]);
    site.addRecord("Employee Checkin", {
      name: "EMP-CKIN-1",
      employee: "HR-EMP-00001",
      time: "2026-11-23 08:00:00",
      log_type: "",
      device_id: "Mobile",
    });
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, duplicate: 1 });
    expect((await world.ledger.list({}))[0]?.delivery).toMatchObject({ state: "duplicate", record: "EMP-CKIN-1" });
  });

  test("sends times in the HR site's zone", async () => {
    await start([{}], { zone: "Asia/Tokyo" });
    await world.punch([{ userId: "1", at: "2026-11-23T23:30:00" }]);
    await world.deliver();
    expect(checkinsOf(site)).toEqual(["HR-EMP-00001 2026-11-24 01:30:00 "]);
  });

  test("is in order of time", async () => {
    await start([{}, {}]);
    await world.punch([
      { userId: "2", at: "2026-11-23T17:00:00" },
      { userId: "1", at: "2026-11-23T12:00:00" },
      { userId: "2", at: "2026-11-23T08:00:00" },
    ]);
    await world.deliver();
    expect(site.data.rows("Employee Checkin").map((row) => row["time"])).toEqual([
      "2026-11-23 08:00:00",
      "2026-11-23 12:00:00",
      "2026-11-23 17:00:00",
    ]);
  });

  test("leaves unlinked punches in quarantine and delivers them once they are linked, once", async () => {
    await start([{}]);
    await world.punch([
      { userId: "812", at: "2026-11-20T08:00:00" },
      { userId: "812", at: "2026-11-21T08:00:00" },
    ]);
    expect(await world.deliver()).toEqual(NOTHING);
    await world.link("812", "HR-EMP-00001");
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 2 });
    expect(await world.deliver()).toEqual(NOTHING);
    expect(checkinsOf(site)).toEqual(["HR-EMP-00001 2026-11-20 08:00:00 ", "HR-EMP-00001 2026-11-21 08:00:00 "]);
  });

  test("is audited with numbers only", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    expect(await auditDetails()).toEqual([{ stored: 1, present: 0, refused: 0, failed: 0, events: [1, 1] }]);
    expect(await world.data.audit.verify()).toMatchObject({ ok: true });
  });

  test("tells how far it is", async () => {
    await start([{}]);
    await world.punch(
      Array.from({ length: 30 }, (_, index) => ({ userId: "1", at: `2026-11-23T08:00:${index + 10}` })),
    );
    const steps: [number, number][] = [];
    await world.delivery.deliver((done, total) => steps.push([done, total]));
    expect(steps.at(-1)).toEqual([30, 30]);
  });

  test("waits for the one that is running, and brings what came meanwhile", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    const first = world.deliver();
    await world.punch([{ userId: "1", at: "2026-11-23T09:00:00" }]);
    const results = await Promise.all([first, world.deliver(), world.deliver()]);
    expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(2);
    expect(checkinsOf(site)).toHaveLength(2);
  });
});

describe("several punches of one person in one second", () => {
  test("are one record, and each of them names it", async () => {
    await start([{}]);
    await world.link("1001", "HR-EMP-00001");
    await world.punch([
      { userId: "1", at: "2026-11-23T08:00:00", times: 2 },
      { userId: "1001", at: "2026-11-23T08:00:00" },
    ]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }], { name: "Gate 2" });
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 4 });
    expect(checkinsOf(site)).toHaveLength(1);
    const rows = await world.ledger.list({});
    expect(rows.map(({ delivery }) => delivery.state).sort()).toEqual(["delivered", "merged", "merged"]);
    expect(new Set(rows.map(({ delivery }) => delivery.record)).size).toBe(1);
  });

  test("are one record also when the second one is read later", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }], { name: "Gate 2" });
    expect(await world.deliver()).toEqual({ ...NOTHING, duplicate: 1 });
    expect(checkinsOf(site)).toHaveLength(1);
    expect((await world.ledger.list({ terminal: undefined })).map(({ delivery }) => delivery.state).sort()).toEqual([
      "delivered",
      "merged",
    ]);
  });

  test("are one second also across zones", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.punch([{ userId: "1", at: "2026-11-23T10:00:00" }], { name: "Tokyo", zone: "Asia/Tokyo" });
    await world.deliver();
    expect(checkinsOf(site)).toEqual(["HR-EMP-00001 2026-11-23 08:00:00 "]);
  });

  test("in and out of that second stay two", async () => {
    await start([{}]);
    await world.addTerminal({ name: "In", direction: "in" });
    await world.addTerminal({ name: "Out", direction: "out" });
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }], { name: "In" });
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }], { name: "Out" });
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 2 });
  });
});

describe("held punches", () => {
  test("are those of leavers, of the suspended, before joining and in the future, and none is sent", async () => {
    await start([
      { status: "Left", relieving_date: "2026-06-30" },
      { status: "Suspended" },
      { status: "Inactive" },
      { date_of_joining: "2026-11-01" },
      {},
    ]);
    await world.punch([
      { userId: "1", at: "2026-07-01T08:00:00" },
      { userId: "2", at: "2026-11-23T08:00:00" },
      { userId: "3", at: "2026-11-23T08:00:00" },
      { userId: "4", at: "2026-10-31T08:00:00" },
      { userId: "5", at: "2089-01-01T08:00:00" },
      { userId: "5", at: null },
      { userId: "5", at: "2026-11-23T08:00:00" },
    ]);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1, held: 6 });
    expect(checkinsOf(site)).toEqual(["HR-EMP-00005 2026-11-23 08:00:00 "]);
    expect(await world.states()).toEqual({
      "1 2026-07-01T08:00:00": "held person-left",
      "2 2026-11-23T08:00:00": "held person-suspended",
      "3 2026-11-23T08:00:00": "held person-inactive",
      "4 2026-10-31T08:00:00": "held before-joining",
      "5 2089-01-01T08:00:00": "held future",
      "5 ?": "held impossible-date",
      "5 2026-11-23T08:00:00": "delivered",
    });
  });

  test("of somebody who has left are sent up to the last day", async () => {
    await start([{ status: "Left", relieving_date: "2026-06-30" }]);
    await world.punch([{ userId: "1", at: "2026-06-30T17:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
  });

  test("go out when the reason is gone", async () => {
    await start([{ status: "Suspended" }]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, held: 1 });
    site.addEmployee({ name: "HR-EMP-00001", status: "Active" });
    await world.syncPeople();
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
  });

  test("wait when there is no HR site, and an operator is told so", async () => {
    site = await FrappeSite.start({ employees: [{}] });
    await world.people.importFile(
      "people.csv",
      "person_id,name,department,branch,status,joined,left\nHR-EMP-00001,An,,,active,,\n",
      "cli",
    );
    await world.link("1", "HR-EMP-00001");
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, held: 1 });
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "held no-hr-site" });
    await expect(world.delivery.deliverAgain()).rejects.toMatchObject({ code: "hr.not-connected" });
    await world.connect(site.origin);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
  });

  test("of somebody the HR app no longer has wait for the right person", async () => {
    await start([{}, {}]);
    remove("Employee", "HR-EMP-00001");
    await world.syncPeople();
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, held: 1 });
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "held unknown-person" });
  });

  test("of somebody the HR app lost since the last sync are held, and go to the right person after all", async () => {
    await start([{}, {}]);
    remove("Employee", "HR-EMP-00001");
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, held: 1 });
    const [link] = await world.links.list();
    if (link !== undefined) await world.links.unlink({ ...link, why: "renamed" }, "cli");
    await world.link("1", "HR-EMP-00002");
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
    expect(checkinsOf(site)).toEqual(["HR-EMP-00002 2026-11-23 08:00:00 "]);
  });
});

describe("refused punches", () => {
  const refuse = () => site.faults.refuseRows("Employee Checkin", (doc) => doc["employee"] === "HR-EMP-00001", "No.");

  test("are counted and leave the others alone", async () => {
    await start([{}, {}]);
    refuse();
    await world.punch([
      { userId: "1", at: "2026-11-23T08:00:00" },
      { userId: "2", at: "2026-11-23T08:00:00" },
    ]);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1, refused: 1 });
    expect(await world.states()).toMatchObject({ "1 2026-11-23T08:00:00": "refused hr.rejected" });
    expect(
      (await world.data.store.db.selectFrom("events").select("error").where("state", "=", "refused").execute())[0]
        ?.error,
    ).toContain('"text":"No."');
  });

  test("are not tried again by themselves, but when an operator asks", async () => {
    await start([{}]);
    refuse();
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    site.faults.clear();
    expect(await world.deliver()).toEqual({ ...NOTHING, refused: 1 });
    expect(await world.delivery.deliverAgain()).toEqual({ ...NOTHING, delivered: 1 });
  });

  test("go to the right person when the link is corrected", async () => {
    await start([{}, {}]);
    refuse();
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    const [link] = await world.links.list();
    if (link !== undefined) await world.links.unlink({ ...link, why: "wrong" }, "cli");
    await world.link("1", "HR-EMP-00002");
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
    expect(checkinsOf(site)).toEqual(["HR-EMP-00002 2026-11-23 08:00:00 "]);
  });
});

describe("trouble with the site", () => {
  test("that keeps everything from being sent is an error, and nothing is lost", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await site.refuseConnections();
    await expect(world.deliver()).rejects.toMatchObject({ code: "hr.unreachable" });
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "failed hr.unreachable" });
    await site.acceptConnections();
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
  });

  test("that begins on the way gives what was delivered and what was not", async () => {
    await start([{}]);
    await world.punch(
      Array.from({ length: 100 }, (_, index) => ({
        userId: "1",
        at: `2026-11-23T08:${10 + Math.floor(index / 50)}:${(index % 50) + 10}`,
      })),
    );
    let inserts = 0;
    site.faults.refuseRows("Employee Checkin", () => {
      inserts += 1;
      if (inserts === 60) site.faults.add({ kind: "session-stopped" });
      return false;
    });
    const result = await world.deliver();
    expect(result.delivered + result.failed).toBe(100);
    expect(result.failed).toBeGreaterThan(0);
    site.faults.clear();
    await world.deliver();
    expect(checkinsOf(site)).toHaveLength(100);
    expect(new Set(checkinsOf(site)).size).toBe(100);
  });

  test("whose answer is lost is looked up before anything is sent again", async () => {
    await start([{}]);
    site.faults.add({ kind: "hang-after-commit" }, { path: INSERT }, 1);
    site.faults.add({ kind: "hang-before-commit" }, { path: "/api/resource/Employee Checkin", method: "GET" }, 0);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await world.deliver();
    expect(checkinsOf(site)).toHaveLength(1);
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "delivered" });
  });

  test("that leaves an event in doubt keeps it as being sent until it is looked up", async () => {
    await start([{}]);
    site.faults.add({ kind: "hang-before-commit" }, { path: INSERT }, 1);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    await expect(world.deliver()).rejects.toMatchObject({ code: "hr.timeout" });
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "failed hr.timeout" });
    const events = await world.data.store.db.selectFrom("events").select(["state", "attempts"]).execute();
    expect(events).toEqual([{ state: "sending", attempts: 1 }]);
    expect(await world.deliver()).toEqual({ ...NOTHING, delivered: 1 });
    expect(checkinsOf(site)).toHaveLength(1);
  });

  test("that replaces times stops the delivery, tells the records and is audited", async () => {
    const role = "Device";
    await start([{}], {
      grants: {
        Employee: [{ role, level: 0, rights: ["read"] }],
        "Employee Checkin": [
          { role, level: 0, rights: ["create", "read", "delete"] },
          { role, level: 1, rights: ["read"] },
        ],
      },
    });
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    // Somebody takes the API user's roles away after it was connected.
    for (const { name } of site.data.rows("Has Role")) remove("Has Role", name);
    site.addRecord("Has Role", { name: "r", role, parent: "hr@example.com", parenttype: "User" });
    await expect(world.deliver()).rejects.toMatchObject({ code: "hr.time-replaced" });
    expect(await auditDetails()).toMatchObject([
      { code: "hr.time-replaced", records: expect.stringMatching(/^EMP-CKIN/) },
    ]);
    expect(checkinsOf(site)).toEqual([]);
    expect(await world.states()).toEqual({ "1 2026-11-23T08:00:00": "failed hr.time-replaced" });
  });

  test("such as an unknown zone stops before anything is sent", async () => {
    await start([{}]);
    await world.punch([{ userId: "1", at: "2026-11-23T08:00:00" }]);
    const sites = {
      list: () => [],
      current: () => ({ ...world.sites.requireCurrent(), zone: null }),
      directoryFor: () => world.sites.directoryFor(world.sites.requireCurrent()),
    };
    const delivery = new Delivery({ ...world.data, clock: world.clock, sites });
    await expect(delivery.deliver()).rejects.toMatchObject({ code: "hr.zone-unknown" });
  });

  test("or an operator's stop leaves the rest waiting", async () => {
    await start([{}]);
    await world.punch(
      Array.from({ length: 120 }, (_, index) => ({
        userId: "1",
        at: `2026-11-23T0${8 + Math.floor(index / 60)}:00:${String(index % 60).padStart(2, "0")}`,
      })),
    );
    const stop = new AbortController();
    const progress = (done: number): void => {
      if (done >= 50) stop.abort(new Error("stopped"));
    };
    await expect(world.delivery.deliver(progress, stop.signal)).rejects.toThrow("stopped");
    const states = Object.values(await world.states());
    expect(states.filter((state) => state === "delivered").length).toBeGreaterThan(0);
    expect(states.filter((state) => state === "pending").length).toBeGreaterThan(0);
    expect(states.filter((state) => state.startsWith("failed"))).toEqual([]);
    await world.deliver();
    expect(new Set(checkinsOf(site)).size).toBe(120);
    expect(checkinsOf(site)).toHaveLength(120);
  });
});

describe("the status", () => {
  test("counts what is where", async () => {
    await start([{}]);
    await world.punch([
      { userId: "1", at: "2026-11-23T08:00:00" },
      { userId: "99", at: "2026-11-23T08:00:00", times: 2 },
      { userId: "1", at: "2089-11-23T08:00:00" },
    ]);
    await world.deliver();
    expect(await world.delivery.status()).toMatchObject({
      sites: [{ origin: site.origin }],
      quarantined: 2,
      undelivered: 1,
      states: { delivered: 1, quarantined: 2, held: 1 },
    });
  });
});
