import { PunchLedger } from "../../../connector/ledger/punch-ledger.ts";
import { systemClock } from "../../../connector/platform/clock.ts";
import { openStore } from "../../../connector/store/open-store.ts";
import { killedLog } from "../killed-log.ts";
import { readOf, sourceOf } from "../punches.ts";

/**
 * Records a log in a loop of growing reads until it is killed. Prints a line before and after each read, so that the
 * killer knows where it strikes, and what was acknowledged.
 */
const [home = "", first = "0"] = process.argv.slice(2);
const store = await openStore(home);
const ledger = new PunchLedger(store, systemClock);
const log = killedLog();
process.stdout.write("open\n");
for (let end = Number(first); end <= log.length; end += 997) {
  process.stdout.write(`recording ${end}\n`);
  await ledger.record(sourceOf(), readOf(log.slice(0, end)));
  process.stdout.write(`recorded ${end}\n`);
}
process.stdout.write("done\n");
setInterval(() => undefined, 1000);
