/**
 * Reads a log of 100,000 punches of 40 bytes over loopback, several times: `node --expose-gc test/support/run-ts.mjs
 * test/bench/zk-pull.ts [count]`. Wanted: at most 0.25 s and 80 MB above idle. The terminal runs in a process of its own.
 */
import { fork } from "node:child_process";
import { once } from "node:events";

import { TerminalAddress } from "@tandem/contracts/domain/terminal.ts";

import { zkPullDriver } from "../../connector/terminals/zk-pull/driver.ts";
import { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import { generatePeople } from "../doubles/zk-terminal/samples/people.ts";
import { generatePunches } from "../doubles/zk-terminal/samples/punches.ts";

const count = Number(process.argv[2] ?? 100_000);
const MB = 2 ** 20;

async function serve(): Promise<void> {
  const users = generatePeople(500);
  const double = await ZkTerminal.start({
    users,
    punches: generatePunches(1, { people: users, count, from: "2015-01-05" }),
  });
  double.state.punches.rows();
  process.send?.(double.address);
}

async function measure(address: string): Promise<void> {
  const driver = zkPullDriver({ dump: () => Promise.resolve("") });
  const target = { commKey: 0, mode: "shadow", nameEncoding: "windows-1258" } as const;
  for (let round = 1; round <= 5; round++) {
    const terminal = await driver.open({ address: TerminalAddress.parse(address), ...target });
    await terminal.capacity();
    globalThis.gc?.();
    const idle = process.memoryUsage().rss;
    let peak = idle;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 2);
    const from = performance.now();
    const { records } = await terminal.punches();
    const ms = performance.now() - from;
    clearInterval(watch);
    peak = Math.max(peak, process.memoryUsage().rss);
    await terminal.close();
    const grown = ((peak - idle) / MB).toFixed(1);
    console.log(`round ${round}: ${records.length} punches in ${ms.toFixed(0)} ms, peak ${grown} MB above idle`);
  }
}

if (process.send !== undefined) await serve();
else {
  const [program = ""] = process.argv.slice(1);
  const terminal = fork(program, [String(count)]);
  const [address] = (await once(terminal, "message")) as [string];
  await measure(address);
  terminal.kill();
}
