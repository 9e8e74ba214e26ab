/**
 * `npm run fuzz -- [rounds] [seed]`: damages streams, tables and connections of 4370 terminals, and files of USB sticks; ends
 * with an error on the first wrong answer. 500 rounds are two million damaged inputs.
 */
import { fuzzFiles } from "./files/rounds.ts";
import { fuzzLine, fuzzStreams, fuzzTables } from "./zk-pull/rounds.ts";

const [rounds = "500", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
console.log(`rounds ${rounds}, seed ${seed}`);
console.log("streams", fuzzStreams(Number(rounds) * 3_600, Number(seed)));
console.log("tables", fuzzTables(Number(rounds) * 400, Number(seed)));
console.log("files", fuzzFiles(Number(rounds) * 80, Number(seed)));
console.log("connections", await fuzzLine(Number(rounds), Number(seed)));
