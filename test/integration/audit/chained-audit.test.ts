import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Database from "better-sqlite3";
import { sql } from "kysely";

import { ChainedAudit } from "../../../connector/audit/chained-audit.ts";
import { entryHash, GENESIS_HASH } from "../../../connector/audit/hash-chain.ts";
import { openData } from "../../../connector/store/open-data.ts";
import { keyIdOf } from "../../../connector/vault/master-key.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";
import { openTempStore, type TempStore } from "../../support/temp-store.ts";

const event = (subject: string) =>
  ({
    actor: "cli",
    action: "terminals.pull",
    subject,
    outcome: "succeeded",
    detail: { added: 3, b: [1, { z: 1, a: 2 }] },
  }) as const;

describe("the audit log", () => {
  let temp: TempStore;

  beforeEach(async () => {
    temp = await openTempStore();
    await temp.store.transaction(async (tx) => {
      for (let n = 1; n <= 9; n++) await temp.audit.append(tx, event(`terminal:${n}`));
    });
  });
  afterEach(() => temp.close());

  /** Changes the file behind the product's back, guards taken off. */
  const tamper = async (statement: string): Promise<void> => {
    await sql`drop trigger audit_never_changed`.execute(temp.store.db);
    await sql`drop trigger audit_never_deleted`.execute(temp.store.db);
    await sql.raw(statement).execute(temp.store.db);
  };

  it("verifies what it wrote, from the entry that tells of the new database on", async () => {
    expect(await temp.audit.verify()).toEqual({ ok: true, entries: 10, brokenAt: null });
    const rows = await temp.store.db.selectFrom("audit").selectAll().orderBy("seq").execute();
    expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rows[0]?.prev_hash).toBe(GENESIS_HASH);
    expect(rows[1]?.prev_hash).toBe(rows[0]?.hash);
    expect(rows[1]?.detail).toBe('{"added":3,"b":[1,{"a":2,"z":1}]}');
  });

  it("is empty of what its transaction took back", async () => {
    await expect(
      temp.store.transaction(async (tx) => {
        await temp.audit.append(tx, event("terminal:10"));
        throw new Error("the effect failed");
      }),
    ).rejects.toThrow("the effect failed");
    expect(await temp.audit.verify()).toEqual({ ok: true, entries: 10, brokenAt: null });
  });

  it.each([
    ["an update", "update audit set actor = 'nobody' where seq = 4"],
    ["a deletion", "delete from audit where seq = 10"],
    [
      "a replacement",
      "insert or replace into audit select 4, at, 'x', action, subject, outcome, detail, prev_hash, hash from audit where seq = 4",
    ],
  ])("refuses %s", async (_, statement) => {
    await expect(sql.raw(statement).execute(temp.store.db)).rejects.toMatchObject({
      message: expect.stringContaining("append-only"),
    });
    expect((await temp.audit.verify()).ok).toBe(true);
  });

  it.each([
    ["one changed byte", "update audit set detail = replace(detail, '3', '4') where seq = 4", 4],
    ["a changed hash", "update audit set hash = replace(hash, substr(hash, 1, 1), 'x') where seq = 4", 4],
    ["a removed entry", "delete from audit where seq = 4", 4],
    ["the first entry removed", "delete from audit where seq = 1", 1],
    [
      "two swapped entries",
      "update audit set seq = case seq when 4 then 7 + 100 else 4 + 100 end where seq in (4, 7)",
      4,
    ],
    ["a cut tail", "delete from audit where seq > 6", 7],
    ["everything removed", "delete from audit", 1],
    ["the last entry removed", "delete from audit where seq = 10", 10],
    ["the sealed head removed", "delete from meta where key = 'audit-head'", 11],
  ])("names the first broken entry after %s", async (_, statement, brokenAt) => {
    await tamper(statement);
    if (statement.includes("100"))
      await sql.raw("update audit set seq = seq - 100 where seq > 100").execute(temp.store.db);
    expect(await temp.audit.verify()).toMatchObject({ ok: false, brokenAt });
  });

  it("notices a tail that was cut and chained anew with correct hashes", async () => {
    const rows = await temp.store.db.selectFrom("audit").selectAll().orderBy("seq").execute();
    const [seventh, eighth] = rows.slice(6);
    if (seventh === undefined || eighth === undefined) throw new Error("rows are missing");
    await tamper("delete from audit where seq > 7");
    const forged = { ...eighth, subject: "terminal:forged", prev_hash: seventh.hash };
    await temp.store.db
      .insertInto("audit")
      .values({ ...forged, hash: entryHash(forged) })
      .execute();
    expect(await temp.audit.verify()).toMatchObject({ ok: false, brokenAt: 9 });
  });

  it("notices a rewritten last entry whose hash fits", async () => {
    const last = await temp.store.db.selectFrom("audit").selectAll().where("seq", "=", 10).executeTakeFirstOrThrow();
    await tamper("delete from audit where seq = 10");
    const forged = { ...last, actor: "nobody" };
    await temp.store.db
      .insertInto("audit")
      .values({ ...forged, hash: entryHash(forged) })
      .execute();
    expect(await temp.audit.verify()).toMatchObject({ ok: false, brokenAt: 10 });
  });

  it("notices an entry that was added with a correct hash but without the key", async () => {
    const last = await temp.store.db.selectFrom("audit").selectAll().where("seq", "=", 10).executeTakeFirstOrThrow();
    const forged = { ...last, seq: 11, prev_hash: last.hash };
    await temp.store.db
      .insertInto("audit")
      .values({ ...forged, hash: entryHash(forged) })
      .execute();
    expect(await temp.audit.verify()).toMatchObject({ ok: false, brokenAt: 11 });
  });

  it("never heals a broken log by writing on", async () => {
    await tamper("delete from audit where seq > 6");
    await temp.store.transaction((tx) => temp.audit.append(tx, event("terminal:later")));
    expect(await temp.audit.verify()).toMatchObject({ ok: false, brokenAt: 7 });
  });

  it("never heals a lost head by writing on", async () => {
    await tamper("delete from meta where key = 'audit-head'");
    await temp.store.transaction((tx) => temp.audit.append(tx, event("terminal:later")));
    expect(await temp.audit.verify()).toMatchObject({ ok: false, entries: 11 });
  });

  it("does not accept a head that another key sealed", async () => {
    const bytes = new Uint8Array(32).fill(7);
    const other = new ChainedAudit(temp.store, temp.clock, { keyId: keyIdOf(bytes), bytes });
    expect(await other.verify()).toMatchObject({ ok: false });
  });

  it("can be verified while entries are being written, page by page", async () => {
    await temp.store.transaction(async (tx) => {
      for (let n = 0; n < 4100; n++) await temp.audit.append(tx, event("terminal:many"));
    });
    const verdict = temp.audit.verify();
    await temp.store.transaction((tx) => temp.audit.append(tx, event("terminal:meanwhile")));
    expect(await verdict).toEqual({ ok: true, entries: 4111, brokenAt: null });
  });
});

it("the audit log goes on after a restart", async () => {
  const folder = await makeTempFolder();
  try {
    for (let round = 1; round <= 3; round++) {
      const data = await openData(folder.path, { clock: new FakeClock() });
      await data.store.transaction((tx) => data.audit.append(tx, event("terminal:1")));
      expect(await data.audit.verify()).toEqual({ ok: true, entries: round + 1, brokenAt: null });
      await data.close();
    }
    const file = new Database(join(folder.path, "tandem.db"), { readonly: true });
    expect(file.prepare("select count(*) as n from audit").get()).toEqual({ n: 4 });
    file.close();
  } finally {
    await folder.remove();
  }
});
