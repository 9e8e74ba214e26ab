import { createInterface } from "node:readline";

import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { generatePeople } from "../../doubles/zk-terminal/samples/people.ts";
import { generateTemplate } from "../../doubles/zk-terminal/samples/templates.ts";

/**
 * Terminals of the copy bench, in a process of their own: one with everybody, the others empty. Arguments: people,
 * fingers each, empty terminals, milliseconds between two packets. Prints their addresses; for each line on stdin it
 * prints how every empty one compares with the first.
 */
const [people = 0, fingers = 0, empty = 0, pacingMs = 0] = process.argv.slice(2).map(Number);

const users = generatePeople(people).map((user, at) => ({ ...user, uid: at + 1 }));
const templates = users.flatMap(({ uid }) =>
  Array.from({ length: fingers }, (_, finger) => ({
    uid,
    finger,
    flag: 1,
    bytes: generateTemplate(uid * 10 + finger, 1_000 + ((uid * 7 + finger) % 400)),
  })),
);
const capacity = { users: 3_000, fingers: 6_000 };
const source = await ZkTerminal.start({ serial: "SOURCE", users, templates, capacity, pacingMs });
const targets: ZkTerminal[] = [];
for (let at = 0; at < empty; at++) targets.push(await ZkTerminal.start({ serial: `TARGET${at}`, capacity, pacingMs }));

say({ addresses: [source, ...targets].map(({ address }) => address), userIds: users.map(({ userId }) => userId) });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "compare") say(targets.map(compare));
}
await Promise.all([source, ...targets].map((terminal) => terminal.stop()));

/** People who are not on a terminal with the same bytes, and the commands that it was sent. */
function compare({ state, commands, violations }: ZkTerminal): object {
  const differing = users.filter(({ userId, uid }) => {
    const stored = state.users.byUserId(userId);
    if (stored === null) return true;
    const theirs = state.templates.of(stored.uid);
    const wanted = source.state.templates.of(uid);
    return (
      theirs.length !== wanted.length ||
      !wanted.every(({ finger, bytes }) => state.templates.get(stored.uid, finger)?.bytes.equals(bytes) === true)
    );
  });
  return { differing: differing.length, commands: commands.entries().length, violations: violations.length };
}

function say(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
