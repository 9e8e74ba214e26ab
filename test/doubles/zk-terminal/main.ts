/** `node test/support/run-ts.mjs test/doubles/zk-terminal/main.ts --port 4370 --people 50 --punches 1000` */
import { runTerminal } from "./standalone.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
await runTerminal(process.argv.slice(2), stop.signal);
