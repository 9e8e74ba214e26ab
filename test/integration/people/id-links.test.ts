import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { NewIdLink } from "@tandem/contracts/domain/id-link.ts";
import { IdSpaceId, PersonId, SerialNumber, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { Instant, LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import { IdLinks } from "../../../connector/people/id-links.ts";
import { People } from "../../../connector/people/people.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const HEADER = "id_space,user_id,person_id,scheme,valid_from,valid_to\n";

let data: TempStore;
let links: IdLinks;

beforeEach(async () => {
  data = await openTempStore();
  let next = 0;
  links = new IdLinks({ ...data, newId: () => `link-${(next += 1)}` });
  await new People(data).importFile(
    "people.csv",
    "person_id,name,department,branch,status,joined,left\nAn,An,,,active,,\nBa,Ba,,,active,,\n",
    "cli",
  );
});

afterEach(() => data.close());

const wanted = (userId: string, personId: string, facts: object = {}) =>
  NewIdLink.parse({ idSpace: "HN", userId, personId, ...facts });

const auditActions = async () =>
  (await data.store.db.selectFrom("audit").select(["action", "subject"]).execute())
    .filter((row) => row.action.startsWith("ids."))
    .map((row) => `${row.action} ${row.subject}`);

async function punch(userId: string, ...times: string[]): Promise<void> {
  const source = {
    source: `serial:${SerialNumber.parse("A1")}`,
    terminal: TerminalName.parse("Gate 1"),
    idSpace: IdSpaceId.parse("HN"),
    zone: Zone.parse("Asia/Ho_Chi_Minh"),
  };
  const records = times.map((time) => ({
    userId: UserId.parse(userId),
    at: LocalDateTime.parse(time),
    verify: 1,
    state: 0,
    workCode: null,
    key: `${userId} ${time}`,
    raw: new Uint8Array([1]),
  }));
  const startedAt = Instant.parse("2026-11-24T00:00:00.000Z");
  await new PunchLedger(data.store, data.clock).record(source, { startedAt, records, recordSize: 40 });
}

const owners = async () =>
  Object.fromEntries(
    (
      await data.store.db
        .selectFrom("punches as p")
        .innerJoin("deliveries as d", "d.punch_id", "p.id")
        .select(["p.source_key", "d.person_id"])
        .execute()
    ).map((row) => [row.source_key, row.person_id]),
  );

describe("linking a user ID to a person", () => {
  test("keeps who said so, why and when", async () => {
    const link = await links.link(wanted("7", "An", { why: "asked her", scheme: "old" }), "cli");
    expect(link).toMatchObject({ setBy: "cli", why: "asked her", scheme: "old", setAt: "2026-11-24T08:00:00.000Z" });
    expect(await links.list()).toEqual([link]);
    expect(await auditActions()).toEqual(["ids.link HN/7"]);
  });

  test("gives the person the punches that were waiting", async () => {
    await punch("7", "2026-11-23T08:00:00");
    await links.link(wanted("7", "An"), "cli");
    expect(await owners()).toEqual({ "7 2026-11-23T08:00:00": "An" });
  });

  test("gives each punch to whom the ID meant on that day, both ends included", async () => {
    await punch("7", "2026-01-31T23:59:59", "2026-02-01T00:00:00", "2026-02-28T12:00:00", "2026-03-01T00:00:00");
    await links.link(wanted("7", "An", { validTo: "2026-01-31" }), "cli");
    await links.link(wanted("7", "Ba", { validFrom: "2026-02-01", validTo: "2026-02-28" }), "cli");
    expect(Object.values(await owners())).toEqual(["An", "Ba", "Ba", null]);
  });

  test("twice in the same way changes nothing", async () => {
    const first = await links.link(wanted("7", "An"), "cli");
    expect(await links.link(wanted("7", "An"), "cli")).toEqual(first);
    expect(await links.list()).toHaveLength(1);
  });

  test("of a person nobody knows is refused", async () => {
    await expect(links.link(wanted("7", "Nobody"), "cli")).rejects.toMatchObject({
      code: "people.unknown",
      details: { personId: "Nobody", where: "" },
    });
  });

  test("on a day on which the ID means somebody already is refused with that person", async () => {
    await links.link(wanted("7", "An", { validTo: "2026-01-31" }), "cli");
    await expect(links.link(wanted("7", "Ba", { validFrom: "2026-01-31" }), "cli")).rejects.toMatchObject({
      code: "ids.overlap",
      details: { idSpace: "HN", userId: "7", personId: "An" },
    });
    expect(await links.list()).toHaveLength(1);
  });

  test("lets two IDs mean one person, and one ID mean different people in different spaces", async () => {
    await links.link(wanted("7", "An"), "cli");
    await links.link(wanted("1007", "An"), "cli");
    await links.link(wanted("7", "Ba", { idSpace: "SG" }), "cli");
    expect(await links.list()).toHaveLength(3);
    expect(await links.spaces()).toEqual(["HN", "SG"]);
  });
});

describe("unlinking", () => {
  test("keeps the link on record and sends undelivered punches back to quarantine", async () => {
    await punch("7", "2026-11-23T08:00:00");
    await links.link(wanted("7", "An"), "cli");
    const id = { idSpace: IdSpaceId.parse("HN"), userId: UserId.parse("7"), personId: PersonId.parse("An") };
    expect(await links.unlink({ ...id, why: "wrong person" }, "client:1")).toEqual({ removed: 1 });
    expect(await links.list()).toEqual([]);
    expect(await owners()).toEqual({ "7 2026-11-23T08:00:00": null });
    expect(await data.store.db.selectFrom("id_links").selectAll().execute()).toMatchObject([
      { removed_by: "client:1", removed_why: "wrong person", removed_at: "2026-11-24T08:00:00.000Z" },
    ]);
    expect(await auditActions()).toEqual(["ids.link HN/7", "ids.unlink HN/7"]);
  });

  test("what is not linked is refused", async () => {
    const id = { idSpace: IdSpaceId.parse("HN"), userId: UserId.parse("7"), personId: PersonId.parse("An"), why: "" };
    await expect(links.unlink(id, "cli")).rejects.toMatchObject({ code: "ids.unknown-link" });
  });
});

describe("importing links", () => {
  test("adds them, releases waiting punches, and the same file again changes nothing", async () => {
    await punch("7", "2026-11-23T08:00:00", "2026-11-23T17:00:00");
    const text = `${HEADER}HN,7,An,new,,\nHN,8,Ba,old,2026-01-01,\n`;
    expect(await links.importFile("ids.csv", text, "cli")).toEqual({ read: 2, added: 2, same: 0, released: 2 });
    const before = await links.list();
    expect(await links.importFile("ids.csv", text, "cli")).toEqual({ read: 2, added: 0, same: 2, released: 0 });
    expect(await links.list()).toEqual(before);
    expect(await auditActions()).toEqual([
      "ids.link HN/7",
      "ids.link HN/8",
      "ids.import ids.csv",
      "ids.import ids.csv",
    ]);
    expect(await data.audit.verify()).toMatchObject({ ok: true });
  });

  test("takes nothing when one row overlaps a link in force, and names its line", async () => {
    await links.link(wanted("8", "An"), "cli");
    const text = `${HEADER}HN,7,An,new,,\nHN,8,Ba,new,,\n`;
    await expect(links.importFile("ids.csv", text, "cli")).rejects.toMatchObject({
      code: "ids.overlap",
      details: { line: 3, userId: "8", personId: "An", where: " (ids.csv:3)" },
    });
    expect(await links.list()).toHaveLength(1);
  });

  test("takes nothing when two of its rows overlap, and names the later line", async () => {
    const text = `${HEADER}HN,7,An,new,,2026-06-30\nHN,9,An,new,,\nHN,7,Ba,new,2026-06-30,\n`;
    await expect(links.importFile("ids.csv", text, "cli")).rejects.toMatchObject({
      code: "ids.overlap",
      details: { line: 4 },
    });
    expect(await links.list()).toEqual([]);
    expect(await auditActions()).toEqual([]);
  });

  test("takes nothing when a row names an unknown person, and names its line", async () => {
    const text = `${HEADER}HN,7,An,new,,\nHN,8,Nobody,new,,\n`;
    await expect(links.importFile("ids.csv", text, "cli")).rejects.toMatchObject({
      code: "people.unknown",
      details: { line: 3, personId: "Nobody" },
    });
    expect(await links.list()).toEqual([]);
  });
});
