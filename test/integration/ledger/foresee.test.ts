import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import { linkRow, punch, readOf, sourceOf } from "../../support/punches.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const Log = fc.array(fc.record({ userId: fc.constantFrom("1", "2", "3"), verify: fc.constantFrom(1, 15) }), {
  maxLength: 12,
});

describe("foreseeing what a read would add", () => {
  let temp: TempStore;
  let ledger: PunchLedger;

  beforeEach(async () => {
    temp = await openTempStore();
    ledger = new PunchLedger(temp.store, temp.clock);
    await temp.store.db
      .insertInto("id_links")
      .values([
        linkRow({ id: "a", user_id: "1", person_id: "HR-EMP-00001" }),
        linkRow({ id: "b", user_id: "2", person_id: "HR-EMP-00002", valid_to: "2026-11-23" }),
      ])
      .execute();
  });
  afterEach(() => temp.close());

  it("says what recording it then does, whatever was recorded before", async () => {
    let source = 0;
    await fc.assert(
      fc.asyncProperty(Log, Log, async (before, log) => {
        const from = sourceOf({ source: `file:${source++}` });
        await ledger.record(from, readOf(before.map(punch)));
        const read = readOf(log.map(punch));
        const { unlinked, ...foreseen } = await ledger.foresee(from, read);
        expect(await ledger.record(from, read)).toEqual(foreseen);
        expect([...unlinked.values()].reduce((sum, punches) => sum + punches, 0)).toBe(foreseen.quarantined);
      }),
      { numRuns: 40 },
    );
  });

  it("names the user IDs that nobody is linked to on that day", async () => {
    const read = readOf(["1", "2", "2", "3"].map((userId) => punch({ userId })));
    expect([...(await ledger.foresee(sourceOf(), read)).unlinked]).toEqual([
      ["2", 2],
      ["3", 1],
    ]);
  });

  it("counts no punch as waiting that has no time", async () => {
    const read = readOf([punch({ userId: "3", at: null })]);
    expect(await ledger.foresee(sourceOf(), read)).toMatchObject({ added: 1, quarantined: 0 });
  });

  it("stores nothing", async () => {
    await ledger.foresee(sourceOf(), readOf([punch({})]));
    expect(await ledger.list({})).toEqual([]);
  });
});
