import { IdSpaceId, PersonId, TerminalName, UserId } from "@tandem/contracts/domain/ids.ts";
import { Instant, LocalDate, LocalDateTime, Zone } from "@tandem/contracts/domain/time.ts";

import { reattribute } from "../../connector/ledger/attribution.ts";
import type { PunchSource } from "../../connector/ledger/ledger.ts";
import { PunchLedger } from "../../connector/ledger/punch-ledger.ts";
import type { RawPunch } from "../../connector/terminals/terminal.ts";
import { openTempStore } from "../support/temp-store.ts";

/** Times of the ledger on this machine, for a log of 100,000 punches and a ledger of 500,000. Prints, asserts nothing. */
const LOG = 100_000;
const PEOPLE = 800;
const at = Instant.parse("2026-11-24T08:00:00.000Z");

function log(terminal: number): { source: PunchSource; records: RawPunch[] } {
  const source = {
    source: `serial:BENCH000${terminal}`,
    terminal: TerminalName.parse(`gate ${terminal}`),
    idSpace: IdSpaceId.parse("default"),
    zone: Zone.parse("Asia/Ho_Chi_Minh"),
  };
  const bytes = new Uint8Array(LOG * 40);
  const records = Array.from({ length: LOG }, (_, n) => {
    const time = new Date(Date.UTC(2023, 0, 1) + (n >> 1) * 37_000).toISOString().slice(0, 19);
    const userId = UserId.parse(String(1000 + (n % PEOPLE)));
    const key = `${userId}|${(0x2000_0000 + (n >> 1) * 37).toString(16)}|1|${n % 2}`;
    const raw = bytes.subarray(n * 40, n * 40 + 40);
    return { userId, at: LocalDateTime.parse(time), verify: 1, state: n % 2, workCode: null, key, raw };
  });
  return { source, records };
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  let longestBlock = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longestBlock = Math.max(longestBlock, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(beat);
  const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
  console.log(
    `${what}: ${took.toFixed(0)} ms (CPU ${((user + system) / 1000).toFixed(0)} ms), longest block ${longestBlock.toFixed(0)} ms, rss ${memory} MB`,
  );
  return result;
}

const temp = await openTempStore();
const ledger = new PunchLedger(temp.store, temp.clock);
try {
  for (let terminal = 1; terminal <= 5; terminal++) {
    const { source, records } = log(terminal);
    const read = { startedAt: at, records, recordSize: 40 };
    console.log(await timed(`record ${LOG} new (terminal ${terminal})`, () => ledger.record(source, read)));
    console.log(await timed(`record the same ${LOG} again`, () => ledger.record(source, read)));
  }
  console.log(await timed("counts", () => ledger.counts()));
  console.log((await timed("quarantine, all unlinked", () => ledger.quarantine())).length);
  const person = PersonId.parse("HR-EMP-00001");
  const link = { id: "link", id_space: "default", user_id: "1001", person_id: person, scheme: "new", set_by: "cli" };
  const facts = { set_at: at, why: "", valid_from: null, valid_to: null };
  const removal = { removed_at: null, removed_by: null, removed_why: null };
  await temp.store.db
    .insertInto("id_links")
    .values({ ...link, ...facts, ...removal })
    .execute();
  console.log(
    await timed("link one user ID", () =>
      temp.store.transaction((tx) => reattribute(tx, IdSpaceId.parse("default"), UserId.parse("1001"), at)),
    ),
  );
  console.log((await timed("list of one person", () => ledger.list({ person }))).length);
  console.log((await timed("latest 100 of one person", () => ledger.list({ person, limit: 100 }))).length);
  console.log((await timed("latest 100", () => ledger.list({ limit: 100 }))).length);
  const [from, to] = ["2023-01-02", "2023-01-03"] as const;
  console.log((await timed("two days", () => ledger.list({ from: asDate(from), to: asDate(to) }))).length);
  await temp.store.db.updateTable("deliveries").set({ state: "delivered" }).where("punch_id", ">", 1000).execute();
  console.log(await timed("counts, nearly all delivered", () => ledger.counts()));
  console.log((await timed("quarantine, nearly none", () => ledger.quarantine())).length);
} finally {
  await temp.close();
}

function asDate(text: string): LocalDate {
  return LocalDate.parse(text);
}
