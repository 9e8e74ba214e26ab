import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "@jest/globals";

import { FrappeSite } from "../../doubles/frappe-site/site.ts";
import { ZkTerminal } from "../../doubles/zk-terminal/index.ts";
import { checkinsOf } from "../../support/frappe-directory.ts";
import { ConnectorBench } from "../../support/running-connector.ts";

/** Words that stand nowhere but where this test puts them. */
const COMM_KEY = 876_543_219;
const API_KEY = "apikeymarker0001";
const API_SECRET = "apisecretmarker1";
const NAME = "Zzyzxname";
const MARKERS = [String(COMM_KEY), API_KEY, API_SECRET, NAME];
/** Credentials may be in the database sealed only, so these are looked for in every file. */
const SECRETS = [String(COMM_KEY), API_KEY, API_SECRET];

async function filesOf(folder: string): Promise<{ path: string; mode: number; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (path) => ({ path, mode: (await stat(path)).mode & 0o777, text: await readFile(path, "latin1") })),
  );
}

test("a day's work with faults leaves no secret in a file, and no person in the log or the settings", async () => {
  const site = await FrappeSite.start({
    users: [{ name: "hr@example.com", roles: ["HR Manager", "HR User"], apiKey: API_KEY, apiSecret: API_SECRET }],
    employees: [{ first_name: NAME }],
  });
  const device = await ZkTerminal.start({
    commKey: COMM_KEY,
    users: [{ userId: "101", name: NAME }],
    punches: [{ userId: "101", at: "2026-11-20T07:58:01" }],
  });
  const bench = await ConnectorBench.start();
  try {
    await bench.ask("terminals.add", { body: { name: "Gate 1", address: device.address, commKey: COMM_KEY } });
    await bench.admin("hr.connect", { kind: "frappe", url: site.origin, apiKey: API_KEY, apiSecret: API_SECRET });
    await bench.admin("people.sync", {});
    await bench.admin("users.list", { terminal: "Gate 1" });
    await bench.admin("ids.link", { idSpace: "main", userId: "101", personId: "HR-EMP-00001", scheme: "new" });
    await bench.admin("terminals.pull", { name: "Gate 1" });
    // Refusals quote what they refuse; a file of people is refused with its line.
    await expect(
      bench.admin("people.import", { file: "people.csv", text: `person_id,name\nHR-1,${NAME}\n` }),
    ).rejects.toThrow();
    await bench.admin("hr.deliver", {});
    expect(checkinsOf(site)).toHaveLength(1);
    await site.stop();
    device.punch({ userId: "101" });
    await bench.admin("terminals.pull", { name: "Gate 1" });
    await expect(bench.admin("hr.deliver", {})).rejects.toThrow();
    await bench.admin("doctor", {});
    const audited = await bench.admin("audit.verify", {});
    expect(audited.ok).toBe(true);
  } finally {
    await bench.stop();
    await device.stop();
  }
  const files = await filesOf(bench.home);
  const found = (paths: RegExp, words: readonly string[]): string[] =>
    files.flatMap(({ path, text }) =>
      paths.test(path) ? words.filter((word) => text.includes(word)).map((word) => `${word} in ${path}`) : [],
    );
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining([join(bench.home, "logs/tandem.log"), join(bench.home, "settings.json")]),
  );
  expect(found(/logs\/|settings\.json/, MARKERS)).toEqual([]);
  expect(found(/./, SECRETS)).toEqual([]);
  expect(files.filter(({ path, mode }) => /logs|settings|master/.test(path) && (mode & 0o077) !== 0)).toEqual([]);
  await bench.remove();
}, 60_000);
