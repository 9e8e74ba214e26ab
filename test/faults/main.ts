import { Random } from "../doubles/zk-terminal/samples/random.ts";

import { bulkWorld, countCommands, type KillReport, killAt, moments, moveWorld, singleWorld } from "./killed-plans.ts";

/** `npm run faults`: 50 kills of a copy and 50 of a move at random moments; another seed as the first argument. */
const seed = Number(process.argv[2] ?? 20_261_124);

async function rounds(name: string, make: Parameters<typeof killAt>[0], kills: number): Promise<number> {
  const commands = await countCommands(make);
  const reports: KillReport[] = [];
  for (const [at, moment] of moments(kills, commands, new Random(seed)).entries())
    reports.push(await killAt(make, moment, at % 2 === 1));
  const faulty = reports.filter(({ faults }) => faults.length > 0);
  const killed = reports.filter(({ wasKilled }) => wasKilled).length;
  const unfinished = reports.reduce((sum, report) => sum + report.unfinished, 0);
  console.log(
    `${name}: ${commands} commands, ${killed} of ${kills} killed at work, ${unfinished} items listed as unfinished`,
  );
  for (const { moment, faults } of faulty) console.log(`  FAULT at command ${moment}: ${faults.join("; ")}`);
  return faulty.length;
}

console.log(`seed ${seed}`);
const faulty =
  (await rounds("copy in bulk", bulkWorld, 25)) +
  (await rounds("copy one by one", singleWorld, 25)) +
  (await rounds("move", moveWorld, 50));
console.log(faulty === 0 ? "PASS" : `FAIL: ${faulty} kills`);
process.exitCode = faulty === 0 ? 0 : 1;
