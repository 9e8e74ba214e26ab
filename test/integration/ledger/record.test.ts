import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sql } from "kysely";

import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import { at, linkRow, punch, readOf, sourceOf } from "../../support/punches.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

describe("recording a read", () => {
  let temp: TempStore;
  let ledger: PunchLedger;

  beforeEach(async () => {
    temp = await openTempStore();
    ledger = new PunchLedger(temp.store, temp.clock);
  });
  afterEach(() => temp.close());

  const deliveries = () =>
    temp.store.db
      .selectFrom("punches as p")
      .leftJoin("deliveries as d", "d.punch_id", "p.id")
      .select(["p.source_key", "p.count", "d.state", "d.reason", "d.person_id", "d.link_id"])
      .orderBy("p.source_key")
      .execute();

  it("stores every punch with what the terminal said, byte for byte", async () => {
    const raw = Uint8Array.from({ length: 40 }, (_, n) => (n * 37) % 256);
    const record = punch({ userId: "00042", at: "2026-11-24T07:58:03", verify: 15, state: 255, workCode: 7, raw });
    await ledger.record(sourceOf({ source: "serial:ABC", terminal: "cổng 1" }), readOf([record]));
    const row = await temp.store.db.selectFrom("punches").selectAll().executeTakeFirstOrThrow();
    expect(row).toEqual({
      id: 1,
      source: "serial:ABC",
      source_key: record.key,
      terminal: "cổng 1",
      id_space: "default",
      zone: "Asia/Ho_Chi_Minh",
      user_id: "00042",
      at: "2026-11-24T07:58:03",
      verify: 15,
      state: 255,
      work_code: 7,
      count: 1,
      log_position: 0,
      raw: Buffer.from(raw),
      raw_id: null,
      first_read_at: at,
    });
  });

  it("keeps the name that a punch has in its file", async () => {
    await ledger.record(sourceOf({ source: "file:gate" }), readOf([{ ...punch({}), rawId: "old.csv:17" }]));
    const row = await temp.store.db.selectFrom("punches").select("raw_id").executeTakeFirstOrThrow();
    expect(row).toEqual({ raw_id: "old.csv:17" });
    const renamed = temp.store.db.updateTable("punches").set({ raw_id: "other.csv:1" }).execute();
    await expect(renamed).rejects.toMatchObject({ message: "a punch is immutable" });
  });

  it("keeps the bytes of a view into a larger buffer, and only those", async () => {
    const log = Uint8Array.from({ length: 120 }, (_, n) => n);
    await ledger.record(sourceOf(), readOf([punch({ raw: log.subarray(40, 80) })]));
    const { raw } = await temp.store.db.selectFrom("punches").select("raw").executeTakeFirstOrThrow();
    expect([...raw]).toEqual([...log.subarray(40, 80)]);
  });

  it.each(["a\u0000b", "’; drop table punches; --", "Nguyễn", "\u{1F600}", "007", " 7 ", "1e3"])(
    "keeps the user ID %j as it is",
    async (userId) => {
      const record = punch({ userId });
      await ledger.record(sourceOf(), readOf([record]));
      expect(await ledger.record(sourceOf(), readOf([record]))).toMatchObject({ added: 0, known: 1 });
      const [row] = await ledger.list({});
      expect(row?.userId).toBe(userId);
    },
  );

  it("adds nothing when the same log is read again", async () => {
    const records = [punch({ userId: "1" }), punch({ userId: "2" }), punch({ userId: "1", state: 1 })];
    expect(await ledger.record(sourceOf(), readOf(records))).toEqual({ read: 3, added: 3, known: 0, quarantined: 3 });
    const before = await temp.store.db.selectFrom("punches").selectAll().execute();
    expect(await ledger.record(sourceOf(), readOf(records))).toEqual({ read: 3, added: 0, known: 3, quarantined: 0 });
    expect(await temp.store.db.selectFrom("punches").selectAll().execute()).toEqual(before);
  });

  it("adds what was punched since", async () => {
    const records = [punch({ userId: "1" }), punch({ userId: "2" })];
    await ledger.record(sourceOf(), readOf(records));
    const more = [...records, punch({ userId: "3" })];
    expect(await ledger.record(sourceOf(), readOf(more))).toEqual({ read: 3, added: 1, known: 2, quarantined: 1 });
  });

  it("takes an empty log for an empty log", async () => {
    expect(await ledger.record(sourceOf(), readOf([]))).toEqual({ read: 0, added: 0, known: 0, quarantined: 0 });
  });

  it("counts the same second twice as two punches in one row", async () => {
    const records = [punch({ userId: "1" }), punch({ userId: "2" }), punch({ userId: "1" })];
    expect(await ledger.record(sourceOf(), readOf(records))).toEqual({ read: 3, added: 3, known: 0, quarantined: 3 });
    expect((await ledger.list({})).map((row) => [row.userId, row.count])).toEqual([
      ["1", 2],
      ["2", 1],
    ]);
    expect(await ledger.counts()).toEqual({ quarantined: 3 });
    expect(await ledger.record(sourceOf(), readOf(records))).toEqual({ read: 3, added: 0, known: 3, quarantined: 0 });
  });

  it("raises the count when a later read holds a key more often", async () => {
    await ledger.record(sourceOf(), readOf([punch({ userId: "1" })]));
    const twice = readOf([punch({ userId: "1" }), punch({ userId: "1" }), punch({ userId: "1" })]);
    expect(await ledger.record(sourceOf(), twice)).toEqual({ read: 3, added: 2, known: 1, quarantined: 2 });
    expect((await ledger.list({})).map((row) => row.count)).toEqual([3]);
  });

  it("never lowers a count, also when the terminal's log was cleared in between", async () => {
    await ledger.record(sourceOf(), readOf([punch({}), punch({})]));
    expect(await ledger.record(sourceOf(), readOf([punch({})]))).toEqual({
      read: 1,
      added: 0,
      known: 1,
      quarantined: 0,
    });
    expect((await ledger.list({})).map((row) => row.count)).toEqual([2]);
  });

  it("counts a key right whose records lie in different batches", async () => {
    const many = Array.from({ length: 45_000 }, (_, n) => punch({ userId: String(n) }));
    const records = [...many, punch({ userId: "0" }), punch({ userId: "44999" })];
    expect(await ledger.record(sourceOf(), readOf(records))).toMatchObject({ read: 45_002, added: 45_002 });
    expect(await ledger.record(sourceOf(), readOf(records))).toMatchObject({ added: 0, known: 45_002 });
    expect(await ledger.counts()).toEqual({ quarantined: 45_002 });
  });

  it("takes the same key of two sources for two punches", async () => {
    await ledger.record(sourceOf({ source: "serial:A", terminal: "A" }), readOf([punch({})]));
    await ledger.record(sourceOf({ source: "serial:B", terminal: "B" }), readOf([punch({})]));
    expect((await ledger.list({})).map((row) => row.terminal)).toEqual(["A", "B"]);
  });

  it("stores a punch with an impossible date as held", async () => {
    const record = punch({ userId: "1", at: null, raw: Uint8Array.of(0xde, 0xad) });
    expect(await ledger.record(sourceOf(), readOf([record]))).toEqual({ read: 1, added: 1, known: 0, quarantined: 0 });
    expect(await deliveries()).toMatchObject([{ state: "held", reason: "impossible-date", person_id: null }]);
    expect(await ledger.quarantine()).toEqual([]);
  });

  it("gives a punch to the person whose link covers its own local date", async () => {
    const { db } = temp.store;
    await db
      .insertInto("id_links")
      .values([
        linkRow({ id: "first", user_id: "1", person_id: "HR-EMP-1", valid_to: "2026-11-23" }),
        linkRow({ id: "then", user_id: "1", person_id: "HR-EMP-2", valid_from: "2026-11-25", valid_to: "2026-11-25" }),
        linkRow({ id: "space", user_id: "1", person_id: "HR-EMP-3", id_space: "elsewhere" }),
        linkRow({ id: "gone", user_id: "1", person_id: "HR-EMP-4", removed_at: at }),
        linkRow({ id: "other", user_id: "2", person_id: "HR-EMP-5" }),
      ])
      .execute();
    const times = [
      "2026-11-23T23:59:59",
      "2026-11-24T00:00:00",
      "2026-11-25T00:00:00",
      "2026-11-25T23:59:59",
      "2026-11-26T00:00:00",
    ];
    const result = await ledger.record(sourceOf(), readOf(times.map((time) => punch({ userId: "1", at: time }))));
    expect(result).toEqual({ read: 5, added: 5, known: 0, quarantined: 2 });
    expect((await ledger.list({})).map((row) => [row.personId, row.delivery.state])).toEqual([
      ["HR-EMP-1", "pending"],
      [null, "quarantined"],
      ["HR-EMP-2", "pending"],
      ["HR-EMP-2", "pending"],
      [null, "quarantined"],
    ]);
    expect((await deliveries()).map((row) => row.link_id)).toEqual(["first", null, "then", "then", null]);
  });

  it("gives every punch exactly one delivery", async () => {
    const records = Array.from({ length: 1200 }, (_, n) =>
      punch({ userId: String(n % 7), at: n % 5 === 0 ? null : `2026-11-24T08:${String(n % 60).padStart(2, "0")}:00` }),
    );
    await ledger.record(sourceOf(), readOf(records));
    await ledger.record(sourceOf({ source: "serial:2" }), readOf(records));
    const { rows } = await sql<{ punches: number; deliveries: number }>`
      select (select count(*) from punches) as punches, (select count(*) from deliveries) as deliveries`.execute(
      temp.store.db,
    );
    expect(rows[0]?.punches).toBe(rows[0]?.deliveries);
    expect(rows[0]?.punches).toBeGreaterThan(0);
  });

  it("remembers where in the log a punch stood", async () => {
    await ledger.record(sourceOf(), readOf(["3", "1", "3", "2"].map((userId) => punch({ userId }))));
    const rows = await temp.store.db
      .selectFrom("punches")
      .select(["user_id", "log_position"])
      .orderBy("user_id")
      .execute();
    expect(rows).toEqual([
      { user_id: "1", log_position: 1 },
      { user_id: "2", log_position: 3 },
      { user_id: "3", log_position: 0 },
    ]);
  });

  it("stays right when two reads of one source are recorded at the same time", async () => {
    const records = Array.from({ length: 3000 }, (_, n) => punch({ userId: String(n % 1000) }));
    const results = await Promise.all([
      ledger.record(sourceOf(), readOf(records)),
      ledger.record(sourceOf(), readOf(records)),
    ]);
    expect(results.map((result) => result.added).sort()).toEqual([0, 3000]);
    expect(await ledger.counts()).toEqual({ quarantined: 3000 });
  });

  it("lets other work run while it stores a long log", async () => {
    const records = Array.from({ length: 20_000 }, (_, n) => punch({ userId: String(n) }));
    let turns = 0;
    const beat = setInterval(() => turns++, 0);
    await ledger.record(sourceOf(), readOf(records));
    clearInterval(beat);
    expect(turns).toBeGreaterThan(10);
  });

  it("holds the largest multiplicity that any single read showed, whatever the order of the reads", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        fc.uuid(),
        async (reads, serial) => {
          const source = sourceOf({ source: `serial:${serial}` });
          const most = new Map<string, number>();
          let added = 0;
          for (const users of reads) {
            added += (await ledger.record(source, readOf(users.map((user) => punch({ userId: String(user) }))))).added;
            for (const user of users) {
              const times = users.filter((other) => other === user).length;
              most.set(String(user), Math.max(most.get(String(user)) ?? 0, times));
            }
          }
          const rows = await temp.store.db
            .selectFrom("punches")
            .select(["user_id", "count"])
            .where("source", "=", source.source)
            .execute();
          expect(new Map(rows.map((row) => [row.user_id, row.count]))).toEqual(most);
          expect(added).toBe([...most.values()].reduce((sum, count) => sum + count, 0));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("a stored punch", () => {
  let temp: TempStore;

  beforeEach(async () => {
    temp = await openTempStore();
    await new PunchLedger(temp.store, temp.clock).record(sourceOf(), readOf([punch({}), punch({})]));
  });
  afterEach(() => temp.close());

  it.each([
    ["change of its time", "update punches set at = '2026-01-01T00:00:00'"],
    ["change of its user ID", "update punches set user_id = '2'"],
    ["change of its bytes", "update punches set raw = x'00'"],
    ["change of its terminal", "update punches set terminal = 'other'"],
    ["work code where there was none", "update punches set work_code = 1"],
    ["lower count", "update punches set count = 1"],
    ["deletion", "delete from punches"],
    [
      "replacement",
      "insert or replace into punches select id, source, source_key, terminal, id_space, zone, '9', at, verify, state, work_code, count, log_position, raw, first_read_at, raw_id from punches",
    ],
  ])("refuses a %s", async (_, statement) => {
    await expect(sql.raw(statement).execute(temp.store.db)).rejects.toMatchObject({
      message: expect.stringMatching(/punch is (immutable|never deleted)/),
    });
  });

  it("allows a higher count", async () => {
    await sql`update punches set count = 3`.execute(temp.store.db);
    expect(await temp.store.db.selectFrom("punches").select("count").executeTakeFirst()).toEqual({ count: 3 });
  });
});
