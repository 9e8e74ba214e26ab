/** Times getAttendances of zkteco-js, unmodified: one read for each line on stdin. `zkteco-reader.mjs PORT` */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// It waits so long for packets that were lost to it, and then reports what it has as success (`zk-pull.md` §7.1.2).
const TIMEOUT_MS = 3_000;
const Client = createRequire(import.meta.url)("zkteco-js");

const asked = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
while (!(await asked.next()).done) {
  const zk = new Client("127.0.0.1", Number(process.argv[2]), TIMEOUT_MS, 0);
  await zk.createSocket();
  const start = performance.now();
  const { data } = await zk.getAttendances();
  const ms = performance.now() - start;
  await zk.disconnect();
  console.log(JSON.stringify({ ms, records: data.length }));
}
