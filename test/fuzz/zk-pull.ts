/** `npm run fuzz -- [rounds] [seed]`: damages tables and connections of 4370 terminals; ends with an error on the first wrong answer. */
import { fuzzLine, fuzzTables } from "./zk-pull/rounds.ts";

const [rounds = "500", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
console.log(`rounds ${rounds}, seed ${seed}`);
console.log("tables", fuzzTables(Number(rounds) * 20, Number(seed)));
console.log("connections", await fuzzLine(Number(rounds), Number(seed)));
