import { chmod, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";

import { openStore } from "../../../connector/store/open-store.ts";
import { runTandem, tandem } from "../../support/built-connector.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

/** A data folder without a connector: the commands do their work themselves. */
let home: Awaited<ReturnType<typeof makeTempFolder>>;

beforeAll(async () => {
  home = await makeTempFolder();
  await tandem(home.path, "terminals", "add", "Gate 1", "--address", "tcp://127.0.0.1:1");
});
afterAll(() => home.remove());

const run = (...args: string[]) => tandem(home.path, ...args);

/** Every row of every table, as text. */
async function contents(): Promise<string> {
  const store = await openStore(home.path);
  try {
    const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(store.db);
    const rows = await Promise.all(
      tables.rows.map(async ({ name }) => [name, (await sql`select * from ${sql.table(name)}`.execute(store.db)).rows]),
    );
    return JSON.stringify(rows);
  } finally {
    await store.close();
  }
}

describe("wrong usage ends with 2 and names what is wrong", () => {
  test.each([
    [["terminals", "pull"], /NAME or --all/],
    [["terminals", "pull", "Gate 1", "--all"], /NAME or --all/],
    [["terminals"], /a command is missing/],
    [["terminals", "add", "Gate 2"], /--address/],
    [["status", "now"], /too many arguments/],
    [["status", "--verbose"], /--verbose/],
    [["--lang", "fr", "status"], /vi, en/],
    [["discover", "192.168.1.0/24"], /unknown command/],
  ])("%j", async (args, problem) => {
    const { code, stderr, json } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^cli\.usage: /)]);
    expect(json()).toMatchObject({
      error: { code: "cli.usage", details: { problem: expect.stringMatching(problem) } },
    });
  });

  test("shows the commands there are to whoever names none", async () => {
    const { code, stderr } = await runTandem(["terminals"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^Usage: [^]*\n {2}pull [^]*\ncli\.usage: /)]);
  });

  test("and asking for help or the version is none", async () => {
    const help = await runTandem(["--help"]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toContain("terminals");
    expect(await runTandem(["--version"])).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  });
});

describe("bad input changes nothing, in any table", () => {
  const people = "person_id,name,department,branch,status,joined,left";

  test.each([
    ["an unknown zone", ["terminals", "add", "X", "--address", "tcp://127.0.0.1:4370", "--zone", "Asia/Hanoi"], null],
    ["a port out of range", ["terminals", "add", "X", "--address", "tcp://127.0.0.1:65536"], null],
    ["a name twice", ["terminals", "add", "Gate 1", "--address", "tcp://127.0.0.1:4370"], null],
    [
      "a zone of an HR site",
      ["hr", "connect", "frappe", "--url", "http://127.0.0.1:9", ...keys(), "--zone", "x"],
      null,
    ],
    ["another kind of HR site", ["hr", "connect", "odoo", "--url", "http://127.0.0.1:9", ...keys()], null],
    ["wrong columns", ["people", "import", "FILE"], `${people},extra\nP1,Lan,,,active,,,\n`],
    ["a wrong value in the last line", ["people", "import", "FILE"], `${people}\nP1,Lan,,,active,,\nP2,B,,,away,,\n`],
    ["an impossible date", ["people", "import", "FILE"], `${people}\nP1,Lan,,,active,2026-02-30,\n`],
    ["a quote that is not closed", ["people", "import", "FILE"], `${people}\nP1,"Lan,,,active,,\n`],
    ["an empty file", ["people", "import", "FILE"], ""],
    ["a link to nobody", ["ids", "link", "--space", "main", "--user", "1", "--person", "P9"], null],
  ])("%s", async (_what, args, file) => {
    const path = join(home.path, "input.csv");
    if (file !== null) await writeFile(path, file);
    const before = await contents();
    const { code, stderr, json } = await run(...args.map((arg) => (arg === "FILE" ? path : arg)));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[a-z-]+\.[a-z-]+: .+\n {2}.+\n/);
    expect(json()).toMatchObject({ error: { code: expect.any(String), text: expect.any(String) } });
    expect(await contents()).toBe(before);
  });

  test("a file of 21 MB is refused before it is read", async () => {
    const path = join(home.path, "large.csv");
    await writeFile(path, people);
    await truncate(path, 21 * 1024 ** 2);
    const { json } = await run("people", "import", path);
    expect(json()).toMatchObject({ error: { code: "import.too-large", details: { limit: 20 } } });
  });

  test("a file that is not UTF-8 is refused with the line", async () => {
    const path = join(home.path, "latin.csv");
    await writeFile(path, Buffer.from(`${people}\nP1,Nguy\xean,,,active,,\n`, "latin1"));
    expect((await run("people", "import", path)).json()).toMatchObject({
      error: { code: "import.encoding", details: { line: 2 } },
    });
  });
});

describe("what fails in part", () => {
  test("keeps its document: terminals that could not be read stand beside those that were", async () => {
    const { code, stderr, json } = await run("terminals", "pull", "--all");
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      pulls: [],
      failed: [{ terminal: "Gate 1", code: "terminal.unreachable" }],
      error: { code: "terminal.unreachable" },
    });
    expect(stderr).toMatch(/^terminal\.unreachable: /);
  });

  test("is told in sentences without --json, what was found on stdout and what is wrong on stderr", async () => {
    const { stdout, stderr } = await runTandem(["--home", home.path, "terminals", "pull", "--all"]);
    expect(stdout).toBe("Gate 1: not read (terminal.unreachable)\n");
    expect(stderr).toMatch(/^terminal\.unreachable: .+\n {2}.+\n$/);
  });

  test("is every finding of doctor by itself, with all that is well", async () => {
    const { code, json } = await run("doctor");
    const { findings } = json() as { findings: { id: string; ok: boolean; code: string | null }[] };
    expect(code).toBe(1);
    expect(findings.map(({ id }) => id)).toEqual([
      ...["folder", "key", "disk", "database", "audit", "recovery", "port", "clock", "extension", "hr"],
      "hr-clock",
      "terminal Gate 1",
    ]);
    const wrong = findings.filter(({ ok, id }) => !ok && id !== "extension");
    expect(wrong.map(({ id, code: why }) => [id, why])).toEqual([
      ["hr", "hr.not-connected"],
      ["terminal Gate 1", "terminal.unreachable"],
    ]);
  });

  test("is a data folder that other users can read", async () => {
    await chmod(home.path, 0o755);
    const { json } = await run("doctor");
    await chmod(home.path, 0o700);
    const finding = expect.objectContaining({ id: "folder", ok: false, code: "store.folder-exposed" });
    expect(json()).toMatchObject({ findings: expect.arrayContaining([finding]) });
  });
});

describe("a broken audit log", () => {
  test("is a failure that says where, beside the verdict", async () => {
    const store = await openStore(home.path);
    await sql`drop trigger if exists audit_no_update`.execute(store.db);
    const triggers = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(
      store.db,
    );
    for (const { name } of triggers.rows.filter((row) => row.name.includes("audit"))) {
      await sql`drop trigger ${sql.table(name)}`.execute(store.db);
    }
    await sql`update audit set subject = 'somebody else' where seq = 2`.execute(store.db);
    await store.close();
    const { code, stderr, json } = await run("audit", "verify");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^store\.audit-broken: .*entry 2/)]);
    expect(json()).toMatchObject({ ok: false, brokenAt: 2, error: { code: "store.audit-broken" } });
  });
});

function keys(): string[] {
  return ["--api-key", "key0000000000001", "--api-secret", "secret000000001"];
}
