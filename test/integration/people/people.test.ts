import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { HrSiteOrigin } from "@tandem/contracts/domain/ids.ts";

import { People } from "../../../connector/people/people.ts";
import { isPresent, lastSyncOf } from "../../../connector/people/presence.ts";
import { directoryOf, person } from "../../support/directory-of.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const HEADER = "person_id,name,department,branch,status,joined,left\n";
const SITE = HrSiteOrigin.parse("https://hr.example.com");

let data: TempStore;
let people: People;

beforeEach(async () => {
  data = await openTempStore();
  people = new People(data);
});

afterEach(() => data.close());

const auditActions = async () =>
  (await data.store.db.selectFrom("audit").select("action").execute()).map((row) => row.action);

async function presentIds(): Promise<string[]> {
  return await data.store.transaction(async (tx) => {
    const lastSync = await lastSyncOf(tx, SITE);
    const rows = await tx.selectFrom("people").selectAll().execute();
    return rows.filter((row) => isPresent(row, SITE, lastSync)).map((row) => row.person_id);
  });
}

describe("importing people", () => {
  test("adds them, and the same file again changes nothing", async () => {
    const text = `${HEADER}1,An,Sales,HN,active,2024-01-01,\n2,Bình,,,left,,2026-06-30\n`;
    expect(await people.importFile("people.csv", text, "cli")).toEqual({ read: 2, added: 2, updated: 0, same: 0 });
    expect(await people.importFile("people.csv", text, "cli")).toEqual({ read: 2, added: 0, updated: 0, same: 2 });
    expect((await people.list()).map(({ personId, status, left }) => [personId, status, left])).toEqual([
      ["1", "active", null],
      ["2", "left", "2026-06-30"],
    ]);
  });

  test("counts those it changes and keeps what only the HR site knows", async () => {
    await people.sync(SITE, directoryOf([person("1", { employeeNumber: "N1", deviceId: "7" })]), "cli");
    const counts = await people.importFile("people.csv", `${HEADER}1,Another Name,,,suspended,,\n`, "cli");
    expect(counts).toEqual({ read: 1, added: 0, updated: 1, same: 0 });
    expect(await people.list()).toEqual([
      person("1", { name: "Another Name", status: "suspended", employeeNumber: "N1", deviceId: "7" }),
    ]);
    expect(await presentIds()).toEqual(["1"]);
  });

  test("takes nothing of a file with one wrong row", async () => {
    const text = `${HEADER}1,An,,,active,,\n2,Ba,,,gone,,\n`;
    await expect(people.importFile("people.csv", text, "cli")).rejects.toMatchObject({ code: "import.row" });
    expect(await people.list()).toEqual([]);
    expect(await auditActions()).not.toContain("people.import");
  });

  test("is audited", async () => {
    await people.importFile("people.csv", `${HEADER}1,An,,,active,,\n`, "cli");
    expect(await auditActions()).toContain("people.import");
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });
});

describe("syncing people", () => {
  test("adds, updates and leaves alone", async () => {
    await people.sync(SITE, directoryOf([person("1"), person("2")]), "cli");
    data.clock.advance(60_000);
    const counts = await people.sync(
      SITE,
      directoryOf([person("1"), person("2", { name: "New" }), person("3")]),
      "cli",
    );
    expect(counts).toEqual({ read: 3, added: 1, updated: 1, same: 1, gone: 0 });
    expect(await auditActions()).toContain("people.sync");
  });

  test("keeps people who are gone, inactive and no longer present, and counts them once", async () => {
    await people.sync(SITE, directoryOf([person("1"), person("2")]), "cli");
    expect((await people.sync(SITE, directoryOf([person("1")]), "cli")).gone).toBe(1);
    expect((await people.sync(SITE, directoryOf([person("1")]), "cli")).gone).toBe(0);
    expect((await people.list()).map(({ personId, status }) => [personId, status])).toEqual([
      ["1", "active"],
      ["2", "inactive"],
    ]);
    expect(await presentIds()).toEqual(["1"]);
  });

  test("takes people back who come back", async () => {
    await people.sync(SITE, directoryOf([person("1"), person("2")]), "cli");
    await people.sync(SITE, directoryOf([person("1")]), "cli");
    expect(await people.sync(SITE, directoryOf([person("1"), person("2")]), "cli")).toMatchObject({
      updated: 1,
      gone: 0,
    });
    expect(await presentIds()).toEqual(["1", "2"]);
  });

  test("leaves people from files alone until the site has them", async () => {
    await people.importFile("people.csv", `${HEADER}1,An,,,active,,\n2,Ba,,,active,,\n`, "cli");
    expect(await people.sync(SITE, directoryOf([person("1")]), "cli")).toMatchObject({ updated: 1, gone: 0 });
    expect(await presentIds()).toEqual(["1", "2"]);
  });

  test("does not take an empty answer for everybody's leaving", async () => {
    await people.sync(SITE, directoryOf([person("1")]), "cli");
    await expect(people.sync(SITE, directoryOf([]), "cli")).rejects.toMatchObject({ code: "hr.no-employees" });
    expect((await people.list())[0]?.status).toBe("active");
  });

  test("does not count people of another HR site as present", async () => {
    await people.sync(HrSiteOrigin.parse("https://other.example.com"), directoryOf([person("1")]), "cli");
    expect(await presentIds()).toEqual([]);
  });
});
