import { join } from "node:path";

import { expect, it } from "@jest/globals";
import { sql } from "kysely";

import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import { openStore } from "../../../connector/store/open-store.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { killedLog } from "../../support/killed-log.ts";
import { ended, startProgram } from "../../support/programs/start-program.ts";
import { readOf, sourceOf } from "../../support/punches.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const ROUNDS = 20;

/** How often the log's first `length` records hold each key. */
function truthOf(length: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of killedLog().slice(0, length)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * Strikes `after` turns of this process's event loop after the line that says the read has begun: the two processes run
 * freely, so every round hits another place of the transaction.
 */
async function killWhileRecording(home: string, first: number, after: number): Promise<number> {
  const { child, lines } = startProgram("test/support/programs/record-punches.ts", home, String(first));
  let acknowledged = 0;
  try {
    for (let reads = 0; reads < 2;) {
      const line = String((await lines.next()).value);
      if (line.startsWith("recorded ")) acknowledged = Number(line.slice("recorded ".length));
      if (line.startsWith("recording ")) reads++;
    }
    for (let turn = 0; turn < after; turn++) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    child.kill("SIGKILL");
  }
  expect(await ended(child)).toBe("SIGKILL");
  return acknowledged;
}

it("a process killed while it records loses no acknowledged punch, keeps the file sound, and a new read makes it whole", async () => {
  const temp = await makeTempFolder();
  const home = join(temp.path, "home");
  const whole = truthOf(killedLog().length);
  try {
    let largest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      // From one transaction for a read to two.
      const first = 997 * (1 + round);
      const acknowledged = await killWhileRecording(home, first, (round * 7919) % 4001);
      largest = Math.max(largest, acknowledged);
      const store = await openStore(home);
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(store.db);
      expect(rows).toEqual([{ integrity_check: "ok" }]);
      const punches = await store.db.selectFrom("punches").select(["id", "source_key", "count"]).execute();
      const stored = new Map(punches.map((row) => [row.source_key, row.count]));
      expect(stored.size).toBe(punches.length);
      for (const [key, count] of truthOf(largest)) if ((stored.get(key) ?? 0) < count) throw new Error(`lost ${key}`);
      for (const [key, count] of stored) if (count > (whole.get(key) ?? 0)) throw new Error(`too many of ${key}`);
      const { n } = await store.db
        .selectFrom("deliveries")
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      expect(n).toBe(punches.length);
      await store.close();
    }
    const store = await openStore(home);
    const result = await new PunchLedger(store, new FakeClock()).record(sourceOf(), readOf(killedLog()));
    expect(result.added + result.known).toBe(killedLog().length);
    const punches = await store.db.selectFrom("punches").select(["source_key", "count"]).execute();
    expect(new Map(punches.map((row) => [row.source_key, row.count]))).toEqual(whole);
    await store.close();
  } finally {
    await temp.remove();
  }
}, 180_000);
