import { expect, test } from "@jest/globals";

import { Random } from "../../doubles/zk-terminal/samples/random.ts";
import { bulkWorld, countCommands, killAt, moments, moveWorld, singleWorld } from "../../faults/killed-plans.ts";

/** A short round; `npm run faults` has a hundred kills. */
const KILLS = 4;

test.each([
  ["a copy in bulk", bulkWorld],
  ["a copy one by one", singleWorld],
  ["a move", moveWorld],
])("%s that is killed at any moment is settled first, listed, and ends as planned", async (_, make) => {
  const commands = await countCommands(make);
  for (const [at, moment] of moments(KILLS, commands, new Random(1)).entries())
    expect(await killAt(make, moment, at % 2 === 1)).toMatchObject({ faults: [], wasKilled: true });
});
