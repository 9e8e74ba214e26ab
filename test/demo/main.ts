import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DEMO_USER, startDemoSite } from "../doubles/frappe-site/demo.ts";
import { ZkTerminal } from "../doubles/zk-terminal/index.ts";
import { generatePunches } from "../doubles/zk-terminal/samples/punches.ts";
import { startConnectorProcess } from "../support/built-connector.ts";
import { Operator } from "../support/operator.ts";

import { openDemoBrowser } from "./browser.ts";

const STRANGERS = ["901", "902"];
const PUNCHES = 600;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * `npm run demo`: a terminal and an HR site that behave like the real ones, a connector wired to both, and, where a
 * browser is found, a window with the extension loaded. Everything is on loopback, and its data go away with it.
 */
const home = await mkdtemp(join(tmpdir(), "tandem-demo-"));
const site = await startDemoSite();
const connector = await startConnectorProcess(home);
const operator = new Operator(home);
await operator.connectHr({ origin: site.origin, apiKey: DEMO_USER.apiKey, apiSecret: DEMO_USER.apiSecret });

const people = await operator.people();
const badges = people.flatMap(({ deviceId, name }) => (deviceId === null ? [] : [{ userId: deviceId, name }]));
const strangers = STRANGERS.map((userId) => ({ userId, name: `Thẻ ${userId}` }));
const terminal = await ZkTerminal.start({
  zone: "Asia/Ho_Chi_Minh",
  users: [...badges, ...strangers].map((user, index) => ({ ...user, uid: index + 1 })),
  // Two badges are nobody's, so that there is something waiting to be mapped.
  punches: generatePunches(7, { people: [...badges, ...strangers], count: PUNCHES, from: "2026-11-02" }),
});
await operator.addTerminal("Cổng 1", terminal.address);
await operator.linkBadges(people);

const browser = await openDemoBrowser(site.origin);
say("");
say(`HR site:    ${site.origin}  (user ${DEMO_USER.name}, password ${DEMO_USER.password})`);
say(`Terminal:   ${terminal.address}  (${badges.length} people, ${PUNCHES} punches)`);
say(`Connector:  http://127.0.0.1:${connector.port}  (data in ${home})`);
say("");
say(
  browser === null
    ? "No window was opened (no browser or no screen): load extension/build/chrome-mv3-prod by hand."
    : "A browser window is open.",
);
say(`1. In the extension's set-up page type this pairing code, within two minutes: ${await operator.pairingCode()}`);
say(`   A new one: npx tandem --home ${home} pair`);
say(`2. Allow ${site.origin} there.`);
say("3. In the HR site open Employee Checkin and press Pull now.");
say("Ctrl+C ends everything.");

await new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
});
await browser?.close();
await connector.stop();
await terminal.stop();
await site.stop();
await rm(home, { recursive: true, force: true });
