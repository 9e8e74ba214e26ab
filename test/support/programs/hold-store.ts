import { openStore } from "../../../connector/store/open-store.ts";

/** Opens a store, says so, and holds it until the process ends. */
const store = await openStore(process.argv[2] ?? "");
await store.db
  .insertInto("meta")
  .values({ key: "held-by", value: String(process.pid) })
  .execute();
process.stdout.write("open\n");
setInterval(() => undefined, 1000);
