import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { LocalDate } from "@tandem/contracts/domain/time.ts";

import { reattribute } from "../../../connector/ledger/attribution.ts";
import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import type { NewRow } from "../../../connector/store/schema.ts";
import { at, linkRow, punch, readOf, sourceOf } from "../../support/punches.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

let temp: TempStore;
let ledger: PunchLedger;

beforeEach(async () => {
  temp = await openTempStore();
  ledger = new PunchLedger(temp.store, temp.clock);
});
afterEach(() => temp.close());

const record = (times: readonly (string | null)[], userId = "1", terminal = "gate") =>
  ledger.record(
    sourceOf({ source: `serial:${terminal}`, terminal }),
    readOf(times.map((time) => punch({ userId, at: time }))),
  );
const link = (facts: Parameters<typeof linkRow>[0]) =>
  temp.store.db.insertInto("id_links").values(linkRow(facts)).execute();
const deliver = (change: Partial<NewRow<"deliveries">>, time: string) =>
  temp.store.db
    .updateTable("deliveries")
    .set(change)
    .where("punch_id", "in", (e) => e.selectFrom("punches").select("id").where("at", "=", time))
    .execute();

describe("the list of punches", () => {
  const day = LocalDate.parse("2026-11-24");

  it("is in order of time, whatever order the log has, and shows punches without a time last", async () => {
    await record(["2026-11-25T08:00:00", null, "2026-11-24T17:00:00", "2026-11-24T08:00:00"]);
    expect((await ledger.list({})).map((row) => row.at)).toEqual([
      "2026-11-24T08:00:00",
      "2026-11-24T17:00:00",
      "2026-11-25T08:00:00",
      null,
    ]);
  });

  it("takes both dates as included, in the site's own time", async () => {
    await record(["2026-11-23T23:59:59", "2026-11-24T00:00:00", "2026-11-24T23:59:59", "2026-11-25T00:00:00"]);
    expect((await ledger.list({ from: day, to: day })).map((row) => row.at)).toEqual([
      "2026-11-24T00:00:00",
      "2026-11-24T23:59:59",
    ]);
    expect(await ledger.list({ from: day })).toHaveLength(3);
    expect(await ledger.list({ to: day })).toHaveLength(3);
  });

  it("shows a punch without a time whatever the dates say, with its bytes", async () => {
    await ledger.record(sourceOf(), readOf([punch({ at: null, raw: Uint8Array.of(0, 0xab, 0xff) }), punch({})]));
    const rows = await ledger.list({ from: LocalDate.parse("2030-01-01"), to: LocalDate.parse("2030-01-01") });
    expect(rows).toMatchObject([{ at: null, raw: "00abff", delivery: { state: "held", reason: "impossible-date" } }]);
    expect(await ledger.list({ from: day, to: day })).toMatchObject([{ at: "2026-11-24T08:00:00" }, { at: null }]);
  });

  it("gives no bytes of a punch that has a time", async () => {
    await record(["2026-11-24T08:00:00"]);
    expect((await ledger.list({}))[0]).not.toHaveProperty("raw");
  });

  it("keeps to one terminal, one person, one state", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00", null], "1", "gate");
    await record(["2026-11-24T09:00:00"], "1", "canteen");
    await record(["2026-11-24T10:00:00", null], "2", "canteen");
    expect(await ledger.list({ terminal: TerminalName.parse("canteen") })).toHaveLength(3);
    expect((await ledger.list({ person: PersonId.parse("HR-EMP-1") })).map((row) => row.at)).toEqual([
      "2026-11-24T08:00:00",
      "2026-11-24T09:00:00",
    ]);
    expect((await ledger.list({ state: "quarantined" })).map((row) => row.userId)).toEqual(["2"]);
    expect(await ledger.list({ state: "held" })).toHaveLength(2);
    expect(await ledger.list({ state: "delivered" })).toEqual([]);
    expect(await ledger.list({ terminal: TerminalName.parse("canteen"), state: "pending" })).toHaveLength(1);
  });

  it("gives the latest ones where the number is limited, still in order of time", async () => {
    await record(["2026-11-24T08:00:00", "2026-11-24T09:00:00", "2026-11-24T10:00:00", null]);
    expect((await ledger.list({ limit: 2 })).map((row) => row.at)).toEqual([
      "2026-11-24T09:00:00",
      "2026-11-24T10:00:00",
    ]);
    expect((await ledger.list({ limit: 4 })).map((row) => row.at).at(-1)).toBeNull();
  });

  it("loses and doubles none over page borders, also where thousands share a second", async () => {
    const users = Array.from({ length: 5000 }, (_, n) => punch({ userId: String(n) }));
    await ledger.record(sourceOf(), readOf(users));
    const rows = await ledger.list({});
    expect(new Set(rows.map((row) => row.id)).size).toBe(5000);
  });

  it("shows the HR app's record and the time of delivery", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00"]);
    const { id } = await temp.store.db
      .insertInto("events")
      .values({
        hr_site: "https://hr.example.com",
        person_id: "HR-EMP-1",
        at: "2026-11-24T08:00:00",
        log_type: "IN",
        device: "gate",
        state: "stored",
        record: "EMP-CKIN-11-2026-000262",
        attempts: 1,
        error: null,
        delivered_at: at,
        created_at: at,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await deliver({ state: "delivered", event_id: id }, "2026-11-24T08:00:00");
    expect(await ledger.list({})).toMatchObject([
      {
        personId: "HR-EMP-1",
        delivery: { state: "delivered", reason: null, record: "EMP-CKIN-11-2026-000262", deliveredAt: at },
      },
    ]);
  });
});

describe("the quarantine", () => {
  it("tells per user ID how many punches wait, since when and on which terminals", async () => {
    await record(["2026-11-24T08:00:00", "2026-11-24T08:00:00", "2026-11-24T17:00:00"], "7", "gate");
    await record(["2026-11-20T08:00:00"], "7", "canteen");
    await record(["2026-11-24T08:00:00"], "8", "gate");
    expect(await ledger.quarantine()).toEqual([
      {
        idSpace: "default",
        userId: "7",
        punches: 4,
        first: "2026-11-20T08:00:00",
        last: "2026-11-24T17:00:00",
        terminals: ["canteen", "gate"],
      },
      {
        idSpace: "default",
        userId: "8",
        punches: 1,
        first: "2026-11-24T08:00:00",
        last: "2026-11-24T08:00:00",
        terminals: ["gate"],
      },
    ]);
  });

  it("keeps ID spaces apart", async () => {
    const records = readOf([punch({ userId: "7" })]);
    await ledger.record(sourceOf({ source: "serial:1", idSpace: "hanoi" }), records);
    await ledger.record(sourceOf({ source: "serial:2", idSpace: "hue" }), records);
    expect((await ledger.quarantine()).map((row) => row.idSpace)).toEqual(["hanoi", "hue"]);
  });

  it("is empty where every ID is linked", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00"]);
    expect(await ledger.quarantine()).toEqual([]);
    expect(await ledger.counts()).toEqual({ pending: 1 });
  });
});

describe("attributing punches anew", () => {
  const space = IdSpaceId.parse("default");
  const user = UserId.parse("1");
  const attribute = () => temp.store.transaction((tx) => reattribute(tx, space, user, at));
  const states = async () =>
    (await ledger.list({})).map((row) => [row.at?.slice(5, 10) ?? null, row.delivery.state, row.personId]);

  it("releases what a new link covers, dates included, and counts punches", async () => {
    await record([
      "2026-11-23T23:59:59",
      "2026-11-24T00:00:00",
      "2026-11-24T00:00:00",
      "2026-11-25T23:59:59",
      "2026-11-26T00:00:00",
    ]);
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1", valid_from: "2026-11-24", valid_to: "2026-11-25" });
    expect(await attribute()).toEqual({ released: 3, quarantined: 0 });
    expect(await states()).toEqual([
      ["11-23", "quarantined", null],
      ["11-24", "pending", "HR-EMP-1"],
      ["11-25", "pending", "HR-EMP-1"],
      ["11-26", "quarantined", null],
    ]);
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
  });

  it("leaves other user IDs and ID spaces alone", async () => {
    await record(["2026-11-24T08:00:00"], "2");
    await ledger.record(sourceOf({ source: "serial:e", idSpace: "elsewhere" }), readOf([punch({ userId: "1" })]));
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await link({ id: "m", user_id: "2", person_id: "HR-EMP-2" });
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
    expect(await ledger.counts()).toEqual({ quarantined: 2 });
  });

  it("puts back into quarantine what a removed link leaves, also what was held", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00", "2026-11-25T08:00:00"]);
    await deliver({ state: "held", reason: "person-left" }, "2026-11-25T08:00:00");
    await temp.store.db.updateTable("id_links").set({ removed_at: at }).execute();
    expect(await attribute()).toEqual({ released: 0, quarantined: 2 });
    expect((await ledger.list({})).map((row) => row.delivery)).toMatchObject([
      { state: "quarantined", reason: null },
      { state: "quarantined", reason: null },
    ]);
  });

  it("moves what is not delivered to the person a corrected link names", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00", "2026-11-25T08:00:00"]);
    await deliver({ state: "failed", reason: "hr.unreachable" }, "2026-11-25T08:00:00");
    await temp.store.db.updateTable("id_links").set({ removed_at: at }).execute();
    await link({ id: "m", user_id: "1", person_id: "HR-EMP-2" });
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
    expect(await states()).toEqual([
      ["11-24", "pending", "HR-EMP-2"],
      ["11-25", "pending", "HR-EMP-2"],
    ]);
  });

  it("keeps the reason of a held punch whose link did not change", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00"]);
    await deliver({ state: "held", reason: "person-left" }, "2026-11-24T08:00:00");
    await attribute();
    expect((await ledger.list({}))[0]?.delivery).toMatchObject({ state: "held", reason: "person-left" });
  });

  it.each(["delivered", "duplicate", "merged"] as const)("never touches what is %s", async (state) => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00"]);
    await deliver({ state }, "2026-11-24T08:00:00");
    await temp.store.db.updateTable("id_links").set({ removed_at: at }).execute();
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
    expect(await states()).toEqual([["11-24", state, "HR-EMP-1"]]);
  });

  it.each(["refused", "failed"] as const)(
    "frees what was %s for the person that a corrected link names",
    async (state) => {
      await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
      await record(["2026-11-24T08:00:00"]);
      await deliver({ state, reason: "hr.unknown-employee" }, "2026-11-24T08:00:00");
      expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
      expect(await states()).toEqual([["11-24", state, "HR-EMP-1"]]);
      await temp.store.db.updateTable("id_links").set({ person_id: "HR-EMP-2" }).execute();
      await attribute();
      expect(await states()).toEqual([["11-24", "pending", "HR-EMP-2"]]);
    },
  );

  it("never touches what is in an event, because the HR app may hold it", async () => {
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    await record(["2026-11-24T08:00:00"]);
    const event = {
      hr_site: "https://hr.example.com",
      person_id: "HR-EMP-1",
      at: "2026-11-24T08:00:00",
      log_type: "",
      device: "gate",
      state: "sending",
      record: null,
      attempts: 1,
      error: null,
      delivered_at: null,
      created_at: at,
    };
    const { id } = await temp.store.db.insertInto("events").values(event).returning("id").executeTakeFirstOrThrow();
    await deliver({ event_id: id }, "2026-11-24T08:00:00");
    await temp.store.db.updateTable("id_links").set({ removed_at: at }).execute();
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
    expect(await states()).toEqual([["11-24", "pending", "HR-EMP-1"]]);
  });

  it("keeps a punch with an impossible date held", async () => {
    await record([null]);
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    expect(await attribute()).toEqual({ released: 0, quarantined: 0 });
    expect(await states()).toEqual([[null, "held", null]]);
  });

  it("manages thousands of punches of one ID", async () => {
    const minutes = Array.from({ length: 3000 }, (_, n) =>
      new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString().slice(0, 19),
    );
    await record(minutes);
    await link({ id: "l", user_id: "1", person_id: "HR-EMP-1" });
    expect(await attribute()).toEqual({ released: 3000, quarantined: 0 });
    expect(await ledger.counts()).toEqual({ pending: 3000 });
  });
});
