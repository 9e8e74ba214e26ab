import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { openStore } from "../../../connector/store/open-store.ts";

/** Opens a store, says so, and holds it until the process ends: without keeping anything of it, as careless code may. */
const [home = "", event] = process.argv.slice(2);

async function hold(): Promise<void> {
  const store = await openStore(home);
  const values = { key: "held-by", value: String(process.pid) };
  await store.db.insertInto("meta").values(values).execute();
}

await hold();
process.stdout.write("open\n");
if (event === "collect") {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 5; round++) {
    collect();
    // Handles are closed in a turn of their own after the collection.
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.stdout.write("collect\n");
}
if (event === "again") {
  await openStore(home).catch(() => undefined);
  process.stdout.write("again\n");
}
setInterval(() => undefined, 1000);
