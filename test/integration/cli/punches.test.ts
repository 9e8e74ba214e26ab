import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { runTandem, startConnectorProcess, tandem } from "../../support/built-connector.ts";
import { attlog, SAMPLE_ATTLOG, templatesOf10 } from "../../support/punch-files.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let home: string;
const run = (...args: string[]) => tandem(home, ...args);
const say = (...args: string[]) => runTandem(["--home", home, "--lang", "en", ...args]);

beforeEach(async () => {
  temp = await makeTempFolder();
  home = join(temp.path, "home");
});
afterEach(() => temp.remove());

async function file(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(temp.path, name);
  await writeFile(path, bytes);
  return path;
}
const failure = async (...args: string[]) =>
  ((await run(...args)).json() as { error: { code: string; details: Record<string, unknown> } }).error;

describe("tandem punches import", () => {
  it("previews, imports once and lists, with no connector running", async () => {
    const path = await file("1_attlog.dat", SAMPLE_ATTLOG);
    const preview = await run("punches", "import", path, "--terminal", "Branch", "--preview");
    expect(preview.json()).toMatchObject({ preview: true, terminal: "Branch", read: 3, added: 3, rejected: [] });
    expect((await run("punches", "list")).json()).toEqual({ punches: [] });
    const imported = await run("punches", "import", path, "--terminal", "Branch");
    expect(imported.json()).toMatchObject({ preview: false, added: 3, known: 0, quarantined: 3 });
    expect((await run("punches", "import", path, "--terminal", "Branch")).json()).toMatchObject({ added: 0, known: 3 });
    const { punches } = (await run("punches", "list")).json() as { punches: { rawId: string }[] };
    expect(punches.map(({ rawId }) => rawId)).toEqual(["1_attlog.dat:1", "1_attlog.dat:2", "1_attlog.dat:3"]);
  });

  it("goes through the running connector as well", async () => {
    const connector = await startConnectorProcess(home);
    try {
      const path = await file("1_attlog.dat", SAMPLE_ATTLOG);
      const imported = await run("punches", "import", path, "--terminal", "Branch", "--id-space", "hn");
      expect(imported.json()).toMatchObject({ added: 3, terminals: [{ terminal: "Branch", idSpace: "hn" }] });
    } finally {
      await connector.stop();
    }
  });

  it("tells people what was not understood, and who is not known", async () => {
    const path = await file("1_attlog.dat", `${SAMPLE_ATTLOG.toString()}99\t2026-02-30 08:00:00\t1\t0\t1\t0\r\n`);
    const { stdout } = await say("punches", "import", path, "--terminal", "Branch", "--preview");
    expect(stdout).toContain("nothing has been stored yet");
    expect(stdout).toContain('Line 4 not understood, at: "2026-02-30 08:00:00" ≠ YYYY-MM-DD HH:mm:ss (2000–2099)');
    expect(stdout).toContain("From 2026-11-23 to 2026-11-23.");
    expect(stdout).toMatch(/main {2,}00018 {2,}1/);
  });

  it.each([
    ["template.fp10", templatesOf10([{ uid: 41, finger: 4, bytes: Buffer.alloc(1_214, 7) }]), "import.template-file"],
    ["1_attlog.dat", SAMPLE_ATTLOG, "import.terminal-unnamed"],
    ["notes.txt", "hello\n", "import.unknown-format"],
    ["1_attlog.dat", "", "import.empty"],
  ])("refuses %s with a code that says what to do", async (name, bytes, code) => {
    expect((await failure("punches", "import", await file(name, bytes))).code).toBe(code);
  });

  it("refuses an option that is none", async () => {
    const path = await file("1_attlog.dat", SAMPLE_ATTLOG);
    const { code, details } = await failure("punches", "import", path, "--format", "xml");
    expect([code, details["field"]]).toEqual(["request.invalid", "format"]);
  });
});

describe("tandem punches export", () => {
  const days = ["--from", "2026-11-23", "--to", "2026-11-23"];
  beforeEach(async () => {
    await run("punches", "import", await file("1_attlog.dat", SAMPLE_ATTLOG), "--terminal", "Branch");
  });

  it("writes an attlog that is the file it came from, byte for byte", async () => {
    expect((await say("punches", "export", ...days, "--format", "attlog")).stdout).toBe(SAMPLE_ATTLOG.toString());
    const out = join(temp.path, "out.dat");
    const written = await run("punches", "export", ...days, "--format", "attlog", "--out", out);
    expect(written.json()).toEqual({ format: "attlog", punches: 3, undated: 0, withoutId: 0, file: out });
    expect(await readFile(out)).toEqual(SAMPLE_ATTLOG);
  });

  it("writes a CSV that another connector takes, with its rows' names", async () => {
    const { stdout } = await say("punches", "export", ...days, "--format", "csv");
    const other = join(temp.path, "other");
    const imported = await tandem(other, "punches", "import", await file("p.csv", stdout));
    expect(imported.json()).toMatchObject({ terminal: "Branch", added: 3, rejected: [] });
    const { punches } = (await tandem(other, "punches", "list")).json() as { punches: { rawId: string }[] };
    expect(punches.map(({ rawId }) => rawId)).toContain("1_attlog.dat:3");
  });

  it("prints one document with --json, whatever the format", async () => {
    const { punches } = (await run("punches", "export", ...days, "--format", "json")).json() as { punches: unknown[] };
    expect(punches).toHaveLength(3);
    expect((await run("punches", "export", ...days)).json()).toMatchObject({ format: "csv", punches: 3 });
  });

  it("leaves out other days, and whom it knows under no such ID", async () => {
    const other = ["--from", "2026-11-24", "--to", "2026-11-24"];
    expect((await run("punches", "export", ...other)).json()).toMatchObject({ punches: 0 });
    expect((await run("punches", "export", ...days, "--ids", "old")).json()).toMatchObject({
      punches: 0,
      withoutId: 3,
    });
  });

  it("says that a file cannot be written", async () => {
    const out = join(temp.path, "none", "out.csv");
    expect(await failure("punches", "export", ...days, "--out", out)).toMatchObject({
      code: "import.not-written",
      details: { file: out },
    });
  });
});

describe("tandem users list --file", () => {
  it("shows who is in a user.dat and stores nothing", async () => {
    const path = await file("user.dat", "PIN=00012\tName=Trần Thị Bình\tPri=14\tCard=1234567\r\n");
    expect((await run("users", "list", "--file", path)).json()).toMatchObject({
      users: [{ userId: "00012", name: "Trần Thị Bình", card: "1234567", privilege: 14, fingers: [] }],
    });
    expect((await run("people", "list")).json()).toEqual({ people: [] });
  });

  it("wants either a terminal or a file", async () => {
    expect((await failure("users", "list")).code).toBe("cli.usage");
    expect((await failure("users", "list", "--file", "x", "--terminal", "Gate")).code).toBe("cli.usage");
  });

  it("refuses a file of punches", async () => {
    const path = await file("user.dat", attlog([{ userId: "1", at: "2026-11-23T07:00:00" }]));
    expect((await failure("users", "list", "--file", path)).code).toBe("import.users-unreadable");
  });
});

describe("tandem vault import-templates", () => {
  it("is refused where the site keeps no copies", async () => {
    const fingers = await file("template.fp10", templatesOf10([{ uid: 1, finger: 4, bytes: Buffer.alloc(900, 7) }]));
    const users = await file("user.dat", Buffer.alloc(72));
    const refused = await failure("vault", "import-templates", fingers, "--users", users, "--space", "main");
    expect(refused.code).toBe("import.templates-not-kept");
  });
});
