import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { zkPullDriver } from "../../connector/terminals/zk-pull/driver.ts";
import { pythonWithPyzk } from "../support/pyzk/pyzk.ts";

import { BareReader } from "./zk-read/bare-reader.ts";
import { ChildReader } from "./zk-read/child-reader.ts";
import { pullMemory, startTimes } from "./zk-read/connector-figures.ts";
import { startDouble } from "./zk-read/double.ts";
import { format, median, printBars, printTable } from "./zk-read/figures.ts";
import type { Sample } from "./zk-read/reader.ts";
import { TandemReader, type LedgerSample } from "./zk-read/tandem-reader.ts";

/**
 * `npm run bench`: the log of one terminal double read by Tandem and by others, in one run on one machine. Prints times
 * and PASS or FAIL for each bar; ends with code 1 when one fails. Linux only (memory is read from /proc).
 */
const PEOPLE = 300;
const { values } = parseArgs({
  options: {
    punches: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
  },
});
const punches = Number(values.punches);
const rounds = Number(values.rounds);
// npm runs this in the checkout's root.
const root = resolve(".");

interface Round {
  readonly bare: Sample;
  readonly tandem: Sample;
  readonly ledger: LedgerSample;
  readonly pyzk: Sample;
  readonly zkteco: Sample;
}

const double = await startDouble(root, PEOPLE, punches);
const bare = new BareReader(double.port);
const driver = zkPullDriver({
  dump: (name) => Promise.reject(new Error(`the double sent what cannot be read: ${name}`)),
});
const tandem = new TandemReader(driver, double.address);
const reader = (name: string) => `${root}/test/bench/zk-read/${name}`;
const port = String(double.port);
const pyzk = new ChildReader("pyzk", await pythonWithPyzk(), [reader("pyzk_reader.py"), port]);
// It builds dates in the host's zone, which costs nothing in UTC.
const zkteco = new ChildReader("zkteco-js", process.execPath, [reader("zkteco-reader.mjs"), port], { TZ: "UTC" });

try {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}`);
  console.log(`${punches.toLocaleString("en")} punches, ${rounds} rounds after one to warm up; medians\n`);
  await playRound();
  const played: Round[] = [];
  for (let round = 0; round < rounds; round++) played.push(await playRound());
  printReaders(played);
  const memory = await pullMemory(root, double.address, punches);
  const start = await startTimes(root);
  console.log(
    `\nconnector at rest ${format(memory.idle)} MB; peak ${format(memory.first)} MB on a first pull, ${format(memory.again)} MB on an unchanged one`,
  );
  console.log(
    `connector listens after ${format(start.fresh)} ms with a new data folder, ${format(start.again)} ms with its own\n`,
  );
  const peak = Math.max(memory.first, memory.again);
  const passed = printBars([
    { name: "read and decode, of pyzk's read", value: ratio(played, "tandem"), limit: 0.1, unit: "×" },
    { name: "read and ledger, of pyzk's read", value: ratio(played, "ledger"), limit: 0.4, unit: "×" },
    { name: "unchanged log, beyond its read", value: unchanged(played), limit: 2_000, unit: "ms" },
    { name: "peak memory over rest", value: peak - memory.idle, limit: 80, unit: "MB" },
    { name: "start to listening", value: Math.max(start.fresh, start.again), limit: 1_000, unit: "ms" },
  ]);
  process.exitCode = passed ? 0 : 1;
} finally {
  await Promise.all([pyzk.close(), zkteco.close(), double.end()]);
}

/** Everybody once, one after the other, so that what is compared was measured under the same conditions. */
async function playRound(): Promise<Round> {
  const round = {
    bare: await bare.read(),
    tandem: await tandem.read(),
    ledger: await tandem.readIntoLedger(),
    pyzk: await pyzk.read(),
    zkteco: await zkteco.read(),
  };
  for (const name of ["bare", "tandem", "ledger", "pyzk"] as const)
    if (round[name].records !== punches) throw new Error(`${name} read ${round[name].records} of ${punches}`);
  return round;
}

function ratio(played: readonly Round[], name: "tandem" | "ledger"): number {
  return median(played.map((round) => round[name].ms / round.pyzk.ms));
}

function unchanged(played: readonly Round[]): number {
  return median(played.map(({ ledger }) => ledger.unchangedMs));
}

function printReaders(played: readonly Round[]): void {
  const names = {
    bare: "bare socket, bytes only",
    tandem: "Tandem, read and decode",
    ledger: "Tandem, read and ledger",
    pyzk: "pyzk",
    zkteco: "zkteco-js",
  };
  const rows = (["bare", "tandem", "ledger", "pyzk", "zkteco"] as const).map((name) => {
    const ms = median(played.map((round) => round[name].ms));
    const records = median(played.map((round) => round[name].records));
    const times = median(played.map((round) => round.pyzk.ms / round[name].ms));
    // zkteco-js reports what it got before its time-out as success when packets share a segment (`zk-pull.md` §7.1.2).
    const lost = records < punches ? `${format(records)} of ${format(punches)}, no error` : format(records);
    return [names[name], `${format(ms)} ms`, format((records / ms) * 1_000), lost, `${format(times)} ×`];
  });
  printTable(["reader", "time", "records/s", "records", "pyzk's time ÷"], rows);
}
